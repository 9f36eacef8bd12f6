// Coming in: people of the sample sign in with Debian's Chromium as they would at home, without a mouse, and every page behind the door fits both
// widths and has no barrier.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, root, run, sample, serve } from './birge.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')

let data, site, browser, people
before(async () => {
  mkdirSync(shots, { recursive: true })
  data = sample(folder())
  people = Object.fromEntries(run(data, ['user', 'sample']).out.split('\n').filter(line => line.includes('@')).map(line => line.trim().split(/\s+/)).map(([login, password]) => [login.split('@')[0], { login, password }]))
  site = await serve(data)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

// Signs in by keyboard alone; who needs a second step takes a card.
async function signIn (who, width = 1280, language = 'en') {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${site.address}/${language}/sign-in`)
  await page.focus('#login')
  await page.keyboard.type(people[who].login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(people[who].password)
  await page.keyboard.press('Enter')
  await page.waitForURL(url => !url.pathname.endsWith('/sign-in'))
  if (page.url().includes('/sign-in/setup')) {
    await page.focus('input[value="card"] ~ .actions button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.codes')
    await page.focus('.actions a.button')
    await page.keyboard.press('Enter')
    await page.waitForURL(url => !url.pathname.includes('/sign-in'))
  }
  return { context, page }
}

async function looks (page, name, colour = 'light') {
  const width = page.viewportSize().width
  await page.emulateMedia({ colorScheme: colour, reducedMotion: 'reduce' }) // nothing is measured halfway through a change of colour
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(over <= 0, `${name} hangs over by ${over} px at ${width}`)
  await page.evaluate(axe)
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  assert.deepEqual(result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`), [], `${name} at ${width}, ${colour}`)
  await page.screenshot({ path: join(shots, `people-${width}-${name.replace(/[^a-z0-9]+/gi, '_').slice(0, 60)}.png`), fullPage: true })
}

test('the doors have no barrier', async () => {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } })
    const page = await context.newPage()
    for (const language of ['ky', 'ru', 'en'])
      for (const path of ['/sign-in', '/forgotten', '/join', '/invitation/nothing']) {
        await page.goto(`${site.address}/${language}${path}`)
        await looks(page, language + path)
        assert.deepEqual(await context.cookies(), [], 'a public page sets no cookie')
      }
    await context.close()
  }
})

test('somebody with the wrong password stays outside and keeps the name they typed', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  const page = await context.newPage()
  await page.goto(site.address + '/en/sign-in')
  await page.fill('#login', people.member.login)
  await page.fill('#password', 'not the password')
  await page.click('main button')
  assert.equal(await page.inputValue('#login'), people.member.login)
  await looks(page, 'refused')
  await context.close()
})

test('a coordinator comes in by keyboard, and every page behind the door fits', async () => {
  const { context, page } = await signIn('national')
  const cookie = (await context.cookies()).find(each => each.name === '__Host-birge')
  assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Lax' && cookie.path === '/')
  await page.goto(site.address + '/en/people')
  const somebody = new URL(await page.getAttribute('ul.cards a', 'href'), site.address).pathname.slice(3)
  for (const width of [360, 1280])
    for (const language of ['ky', 'ru', 'en'])
      for (const path of ['/account', '/account/factor', '/account/leave', '/people', somebody, '/people/invite', '/joining', '/activities']) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(`${site.address}/${language}${path}`)
        await looks(page, language + path.replace(somebody, '/person'), language === 'ru' ? 'dark' : 'light')
      }
  await context.close()
})

// What a telephone reads in a QR code of the page.
async function readCode (page, selector) {
  const picture = join(data, 'code.png')
  await page.locator(selector).screenshot({ path: picture })
  const read = spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture])
  assert.equal(read.status, 0, read.stderr.toString())
  return read.stdout.toString().replace(/\n$/, '')
}

// A messenger looks at a link before anybody does, and may do so again: that takes nothing away.
async function followed (link) {
  for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) {
    const answer = await fetch(link, { method, redirect: 'manual', headers: { 'user-agent': 'WhatsApp/2.23 A' } })
    assert.equal(answer.status, 200, method)
    assert.equal(answer.headers.get('set-cookie'), null, `${method} signs nobody in`)
    assert.equal((await answer.text()).includes('id="password"'), method === 'GET', `${method}: the form is there, whoever looked before`)
  }
}

test('an invitation goes from a coordinator to somebody new, who makes an account on a telephone', async () => {
  const { context, page } = await signIn('focal', 360)
  await page.goto(site.address + '/en/people/invite')
  await page.check('input[value="member"]')
  const organisation = await page.$$eval('#organisation option', all => all.map(each => each.value).find(value => value))
  await page.selectOption('#organisation', organisation)
  await page.click('main form button')
  const link = await page.inputValue('#link')
  await looks(page, 'invitation-ready')
  assert.equal(await readCode(page, '.handover .code svg'), link, 'the code leads where the link does')
  await followed(link)
  const other = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false })
  const guest = await other.newPage()
  await guest.goto(link)
  await guest.fill('#name', 'Жаңы адам')
  await guest.fill('#login', '0555 123 456')
  await guest.fill('#password', 'short')
  await guest.click('main form button')
  assert.equal(await guest.inputValue('#name'), 'Жаңы адам')
  await guest.fill('#password', 'жашыл тоо китеп самоор')
  await guest.click('main form button')
  await guest.waitForURL('**/work')
  await guest.click('.workspace .me button')
  await guest.goto(link)
  assert.equal(await guest.$('#password'), null, 'the link is used up')

  // Whoever is gone is removed from the command line too, by the name they signed in with.
  assert.match(run(data, ['user', 'list']).out, /Жаңы адам/)
  const removed = run(data, ['user', 'remove', '0555 123 456'])
  assert.equal(removed.code, 0, removed.err)
  assert.doesNotMatch(run(data, ['user', 'list']).out, /Жаңы адам/)
  assert.equal(run(data, ['user', 'remove', '0555 123 456']).code, 1, 'nobody has this name any more')
  await other.close()
  await context.close()
})
