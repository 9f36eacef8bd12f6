// The pages behind the door in Debian's Chromium, as people of different roles see them: at the width of a cheap phone and of a desk, in three
// languages; nothing hangs over the edge, axe finds no barrier, and a form is small. Screenshots are left in build/test/screenshots.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { person } from './people.mjs'
import { workPages } from './pages.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')

let site, browser
const people = {}
before(async () => {
  mkdirSync(shots, { recursive: true })
  const data = sample()
  site = await serve(data)
  const organisations = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  const organisation = organisations.items.find(each => each.slug.startsWith('sample-')).slug
  people.national = await person(site, data, { name: 'Бакыт', login: 'national@example.org', role: 'national_coordinator' })
  people.regional = await person(site, data, { name: 'Данияр', login: 'regional@example.org', role: 'regional_coordinator', region: 'naryn' })
  people.focal = await person(site, data, { name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation })
  people.observer = await person(site, data, { name: 'Observer', login: 'observer@example.org', role: 'observer' })
  people.administrator = await person(site, data, { name: 'Админ', login: 'administrator@example.org', role: 'administrator' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

async function opened (visitor, width, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 }, ...options })
  const [name, value] = visitor.cookie.split('=')
  await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
  return { page: await context.newPage(), close: () => context.close() }
}

// The addresses of the list that a role may open, and of one thing behind each list.
async function pagesOf (role) {
  const visitor = people[role]
  const found = []
  for (const path of workPages) {
    await visitor.ask('/ky' + path)
    if (visitor.status === 200) found.push(path)
  }
  await visitor.open('/ky/work')
  const one = visitor.html.match(/href="\/ky(\/work\/activities\/[0-9a-z]{6,})"/)
  if (one) {
    found.push(one[1])
    for (const step of ['edit', 'report', 'move', 'cancel', 'return', 'approve', 'confirm', 'correct']) {
      await visitor.ask(`/ky${one[1]}/${step}`)
      if (visitor.status === 200) found.push(`${one[1]}/${step}`)
    }
  }
  return found
}

for (const role of ['national', 'regional', 'focal', 'observer', 'administrator']) {
  test(`pages of the ${role === 'focal' ? 'focal point' : role} fit a phone and a desk in three languages`, async () => {
    const paths = await pagesOf(role)
    assert.ok(paths.length > 2, `${role} has only ${paths}`)
    for (const width of [360, 1280]) {
      const { page, close } = await opened(people[role], width)
      for (const language of ['ky', 'ru', 'en']) {
        for (const path of paths) {
          await page.goto(`${site.address}/${language}${path}`, { waitUntil: 'load' })
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
          assert.ok(over <= 0, `${language}${path} hangs over by ${over} px at ${width}`)
          if (width === 360 ? language !== 'ky' : language !== 'ru') continue
          const name = `${role}-${language}-${width}-${path.replace(/[^a-z0-9]+/gi, '_').replace(/^_|_$/g, '')}`
          await page.screenshot({ path: join(shots, name.slice(0, 90) + '.png'), fullPage: true })
        }
      }
      await close()
    }
  })

  test(`axe finds no barrier on pages of the ${role === 'focal' ? 'focal point' : role}`, async () => {
    const paths = await pagesOf(role)
    const barriers = []
    for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']]) {
      const { page, close } = await opened(people[role], width, { colorScheme })
      for (const path of paths) {
        await page.goto(`${site.address}/ky${path}`, { waitUntil: 'load' })
        await page.evaluate(axe)
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
        for (const v of result.violations) barriers.push(`${path} at ${width}, ${colorScheme}: ${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)
      }
      await close()
    }
    assert.deepEqual(barriers, [])
  })
}

test('the form of an activity is under 30 KB on the wire the first time and under 10 KB after', async () => {
  const { page, close } = await opened(people.focal, 360)
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  let bytes = 0
  network.on('Network.loadingFinished', event => { bytes += event.encodedDataLength })
  const form = `${site.address}/ky/work/activities/new?kind=lecture`
  await page.goto(form, { waitUntil: 'networkidle' })
  const first = bytes
  bytes = 0
  await page.goto(form, { waitUntil: 'networkidle' })
  assert.ok(first > 1024 && first <= 30 * 1024, `the first time ${first} bytes`)
  assert.ok(bytes > 1024 && bytes <= 10 * 1024, `after that ${bytes} bytes`)
  await close()
})
