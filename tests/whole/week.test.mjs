// A week of a campaign, played by five people of five roles in Debian's Chromium, in Kyrgyz and in Russian: a focal point and a member of the same
// organisation with telephones, the coordinator of a region, the national coordinator and an observer. Each day the program runs at that day's date,
// and coordinators sign in anew with a code of their card. What one does, the others see; what is not theirs is refused to each. From planning to
// confirming, the life of the activity goes on by keyboard alone.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, run, sample, serve } from './birge.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const password = 'жашыл тоо китеп самоор'
const days = { monday: '2026-10-19', tuesday: '2026-10-20', wednesday: '2026-10-21', thursday: '2026-10-22', friday: '2026-10-23' }

let site, data, browser, organisation
async function begin (day) {
  await site?.stop()
  site = await serve(data, { BIRGE_NOW: `${days[day]}T04:00:00Z` })
}

before(async () => {
  data = sample()
  await begin('monday')
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

class Colleague {
  constructor (language, name, login, width) { Object.assign(this, { language, name, login, width, codes: [] }) }

  // Makes the account from the link that the command line or a colleague hands over.
  async join (role, ...scope) {
    const made = run(data, ['user', 'add', '--role', role, '--name', this.name, ...scope])
    assert.equal(made.code, 0, made.err)
    this.context = await browser.newContext({ viewport: { width: this.width, height: 800 } })
    this.page = await this.context.newPage()
    await this.page.goto(site.address + new URL(made.out.match(/https?:\/\/\S+/)[0]).pathname.replace(/^\/[a-z]{2}\//, `/${this.language}/`))
    await this.page.fill('#name', this.name)
    await this.page.fill('#login', this.login)
    await this.page.fill('#password', password)
    await this.page.click('main form button')
    await this.page.waitForURL(address => !address.pathname.includes('/invitation/'))
    if (this.page.url().includes('/sign-in/setup')) {
      await this.page.click('input[value="card"] ~ .actions button')
      this.codes = await this.page.$$eval('.codes code', all => all.map(each => each.textContent))
      await this.page.click('.actions a.button')
    }
    await this.open('/work')
  }

  async open (path) {
    await this.page.goto(`${site.address}/${this.language}${path}`)
    if (this.page.url().includes('/sign-in')) {
      await this.page.fill('#login', this.login)
      await this.page.fill('#password', password)
      await this.page.click('main form button')
      if (this.codes.length > 0) {
        await this.page.waitForURL(/\/sign-in\/code/)
        await this.page.fill('#code', this.codes.shift())
        await this.page.click('main form button')
      }
      await this.page.waitForURL(address => !address.pathname.includes('/sign-in'))
      await this.page.goto(`${site.address}/${this.language}${path}`)
    }
    return this.page
  }

  // Goes with the tabulator to what a selector names, as somebody without a mouse does.
  async go (selector) {
    for (let steps = 0; steps < 250; ++steps) {
      if (await this.page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return
      await this.page.keyboard.press('Tab')
    }
    assert.fail(`${selector} is not reached by keyboard on ${this.page.url()}`)
  }
  async type (selector, text) {
    await this.go(selector)
    await this.page.keyboard.type(text)
  }
  async press (selector) {
    await this.go(selector)
    await this.page.keyboard.press('Enter')
  }
  // Presses a button whose form the next page has no more, and waits for that page.
  async decide (selector) {
    await this.press(selector)
    await this.page.locator(selector).waitFor({ state: 'detached' })
    await this.page.waitForLoadState()
  }
  // Goes down a list of choices, which stays closed, until the wanted one is taken.
  async choose (selector, value) {
    await this.go(selector)
    for (let steps = 0; steps < 50; ++steps) {
      if (await this.page.inputValue(selector) === value) return
      await this.page.keyboard.press('ArrowDown')
    }
    assert.fail(`${value} is not reached by keyboard in ${selector} on ${this.page.url()}`)
  }
  // Asks for a page that is not theirs.
  async sees403 (path) {
    const answer = await this.page.goto(`${site.address}/${this.language}${path}`)
    assert.equal(answer.status(), 403, `${this.name} opened ${path}`)
  }
  // What the form for an address on this page sends.
  formOf (ending) {
    return this.page.locator(`form[action$="${ending}"]`).evaluate(form => Object.fromEntries(new FormData(form)))
  }
  // Sends what no page offers them, with the token of a page of theirs. A form refused for its token alone would come back to be sent again.
  async is403 (path, values = {}) {
    const [status, text] = await this.page.evaluate(async ([path, values]) => {
      const token = document.querySelector('[name="form_token"]').value
      const answer = await fetch(path, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ...values, again: 'тагыраак', form_token: token }) })
      return [answer.status, await answer.text()]
    }, [`/${this.language}${path}`, values])
    assert.equal(status, 403, `${this.name} sent ${path}`)
    assert.ok(text.includes('тагыраак') && !text.includes('name="again"'), 'it is the right that is missing, not the token')
  }
  text () { return this.page.textContent('main') }
  path () { return new URL(this.page.url()).pathname.replace(/^\/[a-z]{2}/, '') }
}

// Month, day and year as the fields of Chromium's English clock take them from the keyboard.
const typedDay = iso => iso.slice(5, 7) + iso.slice(8) + iso.slice(0, 4)

for (const language of ['ky', 'ru']) {
  test(`a week of the campaign in ${language}`, { timeout: 600_000 }, async () => {
    const login = who => `${who}-${language}@example.org`
    const focal = new Colleague(language, 'Айгүл', login('focal'), 360)
    const member = new Colleague(language, 'Жамиля', login('member'), 360)
    const regional = new Colleague(language, 'Данияр', login('regional'), 1280)
    const national = new Colleague(language, 'Бакыт', login('national'), 1280)
    const observer = new Colleague(language, 'Observer', login('observer'), 1280)
    const title = `Коопсуз жол ${language}`

    // Monday: everybody has an account; the focal point plans for Wednesday and proposes, by keyboard alone.
    await begin('monday')
    await focal.join('focal_point', '--organisation', organisation)
    await member.join('member', '--organisation', organisation)
    await regional.join('regional_coordinator', '--region', 'naryn')
    await national.join('national_coordinator')
    await observer.join('observer')
    await focal.open('/work/activities/new?kind=lecture')
    await focal.type('#title', title)
    await focal.type('#day', typedDay(days.wednesday))
    await focal.type('#start', '0200PM')
    await focal.type('#place', 'At-Bashy rayon')
    await focal.go('input[name=audience]')
    await focal.page.keyboard.press('Space')
    await focal.type('#expected', '40')
    await focal.press('button[value=propose]')
    await focal.page.waitForURL(/\/propose$/)
    await focal.press('main form button')
    await focal.page.waitForURL(/\/work\/activities\/[0-9a-z]+$/)
    const page = focal.path()
    assert.ok((await focal.text()).includes(title))

    // It waits for the region's coordinator, and the very form of theirs is refused to everybody else. Who only reads plans nothing.
    await regional.open(page)
    const approval = await regional.formOf(`${page}/approve`)
    for (const each of [focal, member, national, observer]) {
      await each.open(page)
      assert.ok((await each.text()).includes(title))
      assert.equal(await each.page.locator(`form[action$="${page}/approve"]`).count(), 0)
      await each.is403(`${page}/approve`, approval)
    }
    await observer.is403('/work/activities', { title })
    await observer.sees403('/work/activities/new')

    // It waits on the coordinator's page; it comes back with a reason, is changed and approved.
    await regional.open('/work')
    assert.ok((await regional.text()).includes(title))
    await regional.open(`${page}/return`)
    await regional.type('#reason', 'Сааты эрте')
    await regional.press('main form button')
    await regional.page.waitForURL(address => address.pathname.endsWith(page))
    await focal.open(page)
    assert.ok((await focal.text()).includes('Сааты эрте'))
    await focal.open(`${page}/edit`)
    await focal.type('#start', '0330PM')
    assert.equal(await focal.page.inputValue('#start'), '15:30')
    await focal.press('button[value=propose]')
    await focal.page.waitForURL(/\/propose$/)
    await focal.press('main form button')
    await focal.page.waitForURL(address => address.pathname.endsWith(page))
    await regional.open(page)
    await regional.decide(`form[action$="${page}/approve"] button`)
    const shown = await fetch(`${site.address}/${language}${page.replace('/work', '')}`)
    assert.equal(shown.status, 200, 'now everybody sees it')
    assert.ok((await shown.text()).includes('15:30'))

    // Tuesday: a village invites the campaign; the region sees it, and the observer sees no contact.
    await begin('tuesday')
    const guest = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false })
    const form = await guest.newPage()
    await form.goto(`${site.address}/${language}/invite?place=at-bashy`)
    await form.fill('#place', 'At-Bashy rayon')
    await form.fill('#contact', '0555 12 34 56')
    await form.click('main form button.button')
    await form.waitForSelector('.reference')
    assert.deepEqual(await guest.cookies(), [])
    await guest.close()
    await regional.open('/work/invitations')
    assert.match(await regional.text(), /At-Bashy|Ат-Баш/)
    await observer.open('/work/invitations')
    assert.equal((await observer.page.content()).includes('555 12'), false)

    // The national coordinator sets a target for the region, which everybody reads; its own coordinator may not.
    const target = language === 'ky' ? '777' : '888'
    await regional.sees403('/work/editions/sample/targets?place=naryn')
    await national.open('/work/editions/sample/targets?place=naryn')
    await national.page.fill('#activities_', target)
    await Promise.all([national.page.waitForResponse(answer => answer.request().method() === 'POST'), national.press('main form .actions button')])
    const figures = await (await fetch(`${site.address}/${language}/figures?place=naryn`)).text()
    assert.ok(figures.includes(target), 'the target stands on the public page')

    // Wednesday: it takes place; what is asked under it reaches its person.
    await begin('wednesday')
    await regional.open(page)
    await regional.page.fill('textarea[name=remark]', `@${focal.name}, канча киши келди?`)
    await regional.page.click(`form[action$="${page}/remarks"] button`)
    await regional.page.waitForLoadState()
    await focal.open('/work/news')
    assert.ok((await focal.text()).includes(title), 'the focal point is told')

    // Thursday: the member who counted brings the result, by keyboard; the total is not the sum, and it is said so. They do not confirm it.
    await begin('thursday')
    await member.open(`${page}/report`)
    await member.type('[name="n-female-14_17"]', '21')
    await member.type('[name="n-male-14_17"]', '16')
    await member.type('#total', '40')
    await member.choose('#method', 'head_count')
    await member.press('main form .actions button')
    await member.page.waitForSelector('[name=differs]')
    await member.go('[name=differs]')
    await member.page.keyboard.press('Space')
    await member.press('main form .actions button')
    await member.page.waitForURL(address => address.pathname.endsWith(page))
    assert.equal(await member.page.locator(`form[action$="${page}/confirm"]`).count(), 0)
    await regional.open(page)
    await member.is403(`${page}/confirm`, await regional.formOf(`${page}/confirm`))
    await member.sees403('/work/invitations')

    // Friday: the coordinator looks through what waits; the national coordinator finds it in the figures and by any spelling.
    await begin('friday')
    await regional.open('/work/confirm')
    assert.ok((await regional.text()).includes(title))
    await regional.open(page)
    await regional.decide(`form[action$="${page}/confirm"] button`)
    await regional.sees403('/work/log')
    const stored = await (await fetch(`${site.address}/api/v1${page.replace('/work', '')}`)).json()
    assert.equal(stored.state, 'confirmed')
    assert.equal(stored.result?.attendance?.low ?? stored.attendance?.low, 40)
    await national.open(`/search?q=${encodeURIComponent('koopsuz jol ' + language)}`)
    assert.ok((await national.text()).includes(title), 'found in Latin letters')
    await national.open('/work/log')
    assert.ok((await national.text()).length > 200)
    await national.sees403('/work/system')
    await observer.open(page)
    for (const name of [focal.name, member.name, regional.name, national.name]) assert.equal((await observer.text()).includes(name), false, 'an observer reads roles, not names')
    for (const each of [focal, member, regional, national, observer]) await each.context.close()
  })
}
