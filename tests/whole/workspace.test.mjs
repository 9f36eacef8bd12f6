// The pages behind the door in Debian's Chromium, as people of different roles see them: at the width of a cheap phone and of a desk, in three
// languages; nothing hangs over the edge, axe finds no barrier, and a form is small. Screenshots are left in build/test/screenshots.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { workPages } from './pages.mjs'
import { actions, makePeople, makeScene } from './scene.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')

let site, browser, scene, people
const looked = new Set() // how the pages are built that axe has seen
before(async () => {
  mkdirSync(shots, { recursive: true })
  const data = sample()
  site = await serve(data)
  people = await makePeople(site, data)
  scene = await makeScene(site, data, people)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

async function opened (visitor, width, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 }, ...options })
  const [name, value] = visitor.cookie.split('=')
  if (name) await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
  return { page: await context.newPage(), close: () => context.close() }
}

// The addresses that a role may open, with an activity in each state and the form of each step.
async function pagesOf (role) {
  const visitor = people[role]
  const opens = async path => { await visitor.ask('/ky' + path); return visitor.status === 200 && visitor.at === '/ky' + path }
  const found = []
  for (const path of [...workPages, ...scene.evidence, ...scene.more, ...scene.activities.map(id => `/work/activities/${id}`)]) if (await opens(path)) found.push(path)
  for (const action of actions) {
    for (const id of scene.activities) {
      if (!await opens(`/work/activities/${id}/${action}`)) continue
      found.push(`/work/activities/${id}/${action}`)
      break
    }
  }
  return found
}

// What is asked once more before many are approved at once.
async function openManySteps (page) {
  await page.goto(`${site.address}/ky/work/table?state=proposed`, { waitUntil: 'load' })
  await page.evaluate(() => {
    const form = document.querySelector('form[action$="/work/table/steps"]')
    form.querySelector('input[name="row"]').checked = true
    form.querySelector('[name="step"]').value = 'approve'
    form.requestSubmit()
  })
  await page.waitForURL('**/work/table/steps')
}

async function over (page) { return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) }
async function barriersOf (page) {
  await page.evaluate(axe)
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)
}

test('no page and no form of a step is left out: somebody opens each', async () => {
  const seen = new Set()
  for (const role of Object.keys(people)) for (const path of await pagesOf(role)) seen.add(path)
  assert.deepEqual([...workPages, ...scene.evidence, ...scene.more].filter(path => !seen.has(path)), [])
  assert.deepEqual(actions.filter(action => ![...seen].some(path => path.endsWith(`/${action}`) && path.startsWith('/work/activities/'))), [])
})

test('the pages before the workspace, and what is asked before many steps, have no barrier and fit', async () => {
  const found = []
  for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']]) {
    for (const [visitor, path] of scene.doors) {
      const { page, close } = await opened(visitor, width, { colorScheme })
      for (const language of ['ky', 'ru', 'en']) {
        const answer = await page.goto(`${site.address}/${language}${path}`, { waitUntil: 'load' })
        assert.equal(answer.status(), 200, path)
        assert.equal(new URL(page.url()).pathname, `/${language}${path}`)
        if (await over(page) > 0) found.push(`${language}${path} hangs over at ${width}`)
      }
      for (const barrier of await barriersOf(page)) found.push(`${path} at ${width}, ${colorScheme}: ${barrier}`)
      await close()
    }
    const { page, close } = await opened(people.regional, width, { colorScheme })
    await openManySteps(page)
    if (await over(page) > 0) found.push(`the answer of many steps hangs over at ${width}`)
    for (const barrier of await barriersOf(page)) found.push(`many steps at ${width}, ${colorScheme}: ${barrier}`)
    await close()
  }
  assert.deepEqual(found, [])
})

for (const role of ['national', 'regional', 'focal', 'observer', 'administrator']) {
  test(`pages of the ${role === 'focal' ? 'focal point' : role} fit a phone and a desk in three languages`, async () => {
    const paths = await pagesOf(role)
    assert.ok(paths.length > 2, `${role} has only ${paths}`)
    for (const width of [360, 1280]) {
      const { page, close } = await opened(people[role], width)
      for (const language of ['ky', 'ru', 'en']) {
        for (const path of paths) {
          await page.goto(`${site.address}/${language}${path}`, { waitUntil: 'load' })
          const by = await over(page)
          assert.ok(by <= 0, `${language}${path} hangs over by ${by} px at ${width}`)
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
        looked.add(await shapeOf(page))
        for (const barrier of await barriersOf(page)) barriers.push(`${path} at ${width}, ${colorScheme}: ${barrier}`)
      }
      await close()
    }
    assert.deepEqual(barriers, [])
  })
}

// What axe can tell apart: elements, their classes and states, and where there is text. Names, numbers and addresses are not.
function shapeOf (page) {
  return page.evaluate(() => document.documentElement.clientWidth + [...document.body.querySelectorAll('*')].map(each =>
    each.tagName + [...each.attributes].map(({ name, value }) => ['class', 'role', 'type', 'aria-current', 'aria-invalid', 'hidden', 'open', 'checked'].includes(name) ? `${name}=${value}` : name + (value ? '=' : '')).sort() +
    ([...each.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim()) ? '.' : '')).join(' '))
}

// Most of their pages are built as those of another role, which axe has looked at.
for (const [role, fewest] of [['member', 4], ['helper', 4], ['communications', 4]]) {
  test(`pages of the ${role === 'communications' ? 'communications officer' : role} fit, and axe finds no barrier where they are built as nobody else's`, async () => {
    const paths = await pagesOf(role)
    const found = []
    let measured = 0
    for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']]) {
      const { page, close } = await opened(people[role], width, { colorScheme })
      for (const path of paths) {
        await page.goto(`${site.address}/ky${path}`, { waitUntil: 'load' })
        if (await over(page) > 0) found.push(`${path} hangs over at ${width}`)
        const shape = await shapeOf(page)
        if (looked.has(shape)) continue
        looked.add(shape)
        measured++
        for (const barrier of await barriersOf(page)) found.push(`${path} at ${width}, ${colorScheme}: ${barrier}`)
      }
      await close()
    }
    assert.deepEqual(found, [])
    assert.ok(paths.length > fewest && measured > 0, `${paths.length} pages, ${measured} looked at`)
  })
}

test('the sheet of the week is one page of paper', async () => {
  const { page, close } = await opened(people.national, 1280)
  for (const language of ['ky', 'ru', 'en']) {
    await page.goto(`${site.address}/${language}/work/sheet`, { waitUntil: 'load' })
    const paper = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
    assert.equal(paper.match(/\/Type\s*\/Page\b/g).length, 1, language)
  }
  await close()
})

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
