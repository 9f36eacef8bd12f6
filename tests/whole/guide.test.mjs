// The guide of the country pack in the built program: between two campaigns on the home page, always on a page of its own.
import assert from 'node:assert/strict'
import { get } from 'node:http'
import { after, before, test } from 'node:test'
import { run, sample, serve } from './birge.mjs'
import { moments } from './pages.mjs'

const over = { BIRGE_NOW: moments['between editions'] }
let data, site
before(async () => {
  data = sample()
  site = await serve(data, over)
})
after(() => site?.stop())

const page = async path => await (await fetch(site.address + path)).text()
const unchecked = { ky: 'азырынча текшериле элек', ru: 'ещё не проверено', en: 'not checked yet' }

// As a browser asks for it: how many bytes come over the wire.
const onTheWire = path => new Promise((resolve, reject) => {
  get(site.address + path, { headers: { 'accept-encoding': 'br, gzip' } }, answer => {
    let bytes = 0
    answer.on('data', part => { bytes += part.length })
    answer.on('end', () => resolve(bytes))
  }).on('error', reject)
})

test('the guide stands behind the numbers to call, with eleven signs and what nobody checked said so', async () => {
  for (const [language, words] of Object.entries(unchecked)) {
    for (const path of [`/${language}/`, `/${language}/guide`]) {
      const html = await page(path)
      const help = html.indexOf('id="help"')
      const signs = html.indexOf('id="signs"')
      assert.ok(help > 0 && signs > help, `${path}: ${help}, ${signs}`)
      const section = html.slice(signs, html.indexOf('</section>', signs))
      assert.equal(section.match(/<li>/g).length, 11, path)
      assert.ok(section.includes('ILO Indicators of Forced Labour') && section.includes('2012') && section.includes(words), path)
    }
  }
})

test('it leaves room for stylesheet, script and icons under 40 KB', async () => {
  for (const path of ['/ky/', '/ky/guide']) {
    const bytes = await onTheWire(path)
    assert.ok(bytes > 2000 && bytes <= 28 * 1024, `${path}: ${bytes} bytes`)
  }
})

test('a check is shown at once, and what was found wrong to nobody', async () => {
  const verify = (what, ...more) => run(data, ['verify', what, '--by', 'State Migration Service', '--how', 'read it over', ...more], { env: over })
  assert.notEqual(verify('no-such-line').code, 0)
  assert.match(await page('/en/guide'), /Make copies of your documents/)
  const signs = verify('sign')
  assert.equal(signs.code, 0, signs.err)
  assert.equal(verify('copies', '--dead').code, 0)
  const html = await page('/en/guide')
  assert.match(html, /checked on 1\u00A0June 2027 by State Migration Service/)
  assert.doesNotMatch(html, /Make copies of your documents/)
  assert.match(html, /not checked yet/, 'the rest of the advice')
})
