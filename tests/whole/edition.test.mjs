// An edition's year in the built program: what it wants to reach, what is written for its report, its closing, and the next edition like it.
import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { folder, run, sample, serve } from './birge.mjs'
import { person } from './people.mjs'

// The sample's campaign lasts from 11 September to 19 December 2026.
const over = { BIRGE_NOW: '2027-01-20T06:00:00Z' }
let data, site, coordinator

before(async () => {
  data = sample()
  site = await serve(data, over)
  coordinator = await person(site, data, { language: 'en', name: 'Nurlan', login: 'nurlan@example.org', role: 'national_coordinator', env: over })
})
after(() => site?.stop())

const tile = html => html.match(/<b>(?:<a [^>]*>)?([\d,–\u00A0\u202F ]+)(?:<\/a>)?<\/b><span>attendances/)[1]

test('targets stand beside what was reached, for those that are set', async () => {
  await coordinator.open('/en/work/editions/sample/targets?place=naryn')
  await coordinator.send('/sample/targets', { activities_: '40', attendances_: '' })
  assert.equal(coordinator.status, 200, coordinator.text().slice(0, 300))
  const reader = await (await fetch(site.address + '/en/figures?place=naryn')).text()
  const targets = reader.slice(reader.indexOf('id="targets"'), reader.indexOf('</section>', reader.indexOf('id="targets"')))
  assert.match(targets, /of 40/)
  assert.equal([...targets.matchAll(/<tr>/g)].length, 2, 'the head and one line')
})

test('texts written on the page stand in the report of the command line and of the page', async () => {
  await coordinator.open('/en/work/editions/sample/report?section=conclusions&in=en')
  await coordinator.send('/sample/report', { markdown: 'We reached **Naryn**.', do: 'save' })
  await coordinator.open('/en/work/editions/sample/recommendations')
  await coordinator.send('/sample/recommendations', { text_en: 'Begin earlier in the villages', state: 'open' })
  assert.equal(coordinator.status, 200)
  for (const html of [run(data, ['report', 'sample', '--format', 'html', '--language', 'en', '--output', '-'], { env: over }).out,
    await (await fetch(site.address + '/en/report?edition=sample')).text()]) {
    assert.match(html, /We reached <strong>Naryn<\/strong>/)
    assert.match(html, /Begin earlier in the villages/)
  }
})

test('closed, an edition takes nothing new, and doctor finds a figure that somebody changed', async () => {
  const before = tile(await (await fetch(site.address + '/en/figures?edition=sample')).text())
  await coordinator.open('/en/work/editions/sample/close')
  await coordinator.send('/sample/close', { sure: '1' })
  assert.match(coordinator.text(), /Its figures stand as of/)
  const figures = await (await fetch(site.address + '/en/figures?edition=sample')).text()
  assert.equal(tile(figures), before)
  const link = figures.match(/href="(\/en\/figures\/behind\?[^"]*status=counted)"/)[1].replace(/&amp;/g, '&')
  assert.equal(tile(await (await fetch(site.address + link)).text()), before, 'the list behind the number adds up to it')
  const plans = join(data, 'plans.xlsx')  // the refused rows are written beside it
  copyFileSync(new URL('../data/plans-messy.xlsx', import.meta.url), plans)
  for (const how of ['--dry-run', '--partial']) {
    const refused = run(data, ['import', 'activities', plans, '--edition', 'sample', how], { env: over })
    assert.notEqual(refused.code, 0, how)
    assert.match(refused.out + refused.err, /The edition is closed/, how)
  }
  assert.equal(run(data, ['doctor'], { env: over }).code, 0)
  spawnSync('python3', ['-c', 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\ndb.execute("update frozen_tally set held = held + 1 where region = 0 and dimension = \'total\'")\ndb.commit()', join(data, 'birge.db')])
  assert.notEqual(run(data, ['doctor'], { env: over }).code, 0)
  await coordinator.open('/en/work/editions/sample/close')
  await coordinator.send('/sample/reopen', { reason: 'A figure was changed' })
  await coordinator.open('/en/work/editions/sample/close')
  await coordinator.send('/sample/close', { sure: '1' })
  assert.equal(run(data, ['doctor'], { env: over }).code, 0, 'closed anew, it holds')
})

test('a backup of a closed edition comes back closed', async () => {
  const file = join(folder(), 'backup.zip')
  const backup = run(data, ['backup', file], { env: over })
  assert.equal(backup.code, 0, backup.err)
  const other = folder()
  const restored = run(other, ['restore', file], { env: over })
  assert.equal(restored.code, 0, restored.err)
  assert.equal(run(other, ['doctor'], { env: over }).code, 0)
  const page = run(other, ['request', '/en/figures?edition=sample'], { env: over })
  assert.match(page.out, /This edition is closed/)
})

test('the next edition is like it, opens on its promises, and is nobody else\'s until it is announced', async () => {
  await coordinator.open('/en/work/editions/new?like=sample')
  await coordinator.send('/work/editions', { year: '2027' })
  assert.match(coordinator.text(), /Begin earlier in the villages/)
  assert.equal((await fetch(site.address + '/en/editions/2027')).status, 404)
  await coordinator.send('/2027/announce')
  assert.equal((await fetch(site.address + '/en/editions/2027')).status, 200)
})
