// A messy workbook through the page, with forms alone: looked at, corrected in place, stored, taken back. No JavaScript runs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { formsOf, person } from './people.mjs'

const day = { BIRGE_NOW: '2026-11-22T06:00:00Z' }
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
let site, data, coordinator, other
before(async () => {
  data = sample(undefined, day)
  site = await serve(data, day)
  coordinator = await person(site, data, { language: 'en', name: 'Нурлан', login: 'national@example.org', role: 'national_coordinator', env: day })
  other = await person(site, data, { language: 'en', name: 'Данияр', login: 'regional@example.org', role: 'regional_coordinator', region: 'naryn', env: day })
})
after(async () => { await site?.stop() })

const everything = async () => (await fetch(`${site.address}/feeds/agenda-en.csv?edition=sample`)).text()

async function upload (who, bytes, name) {
  await who.open('/en/work/import')
  const form = formsOf(who.html).find(each => each.action.endsWith('/work/import'))
  const body = new FormData()
  for (const [field, value] of form.fields) if (field !== 'file' && field !== 'edition') body.append(field, value)
  body.append('edition', 'sample')
  body.append('file', new Blob([bytes], { type: xlsx }), name)
  await who.ask(form.action, { method: 'POST', body })
}

// Until no job works on it any more: the page looks again by itself, as its Refresh header says.
async function settled (who, page) {
  for (let i = 0; i < 200; ++i) {
    await who.open(page)
    if (!who.html.includes('class="progress" role="status"')) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  assert.fail('the import never came to its end')
}
const field = (who, row, column) => who.html.match(new RegExp(`name="(fix\\.\\d+\\.${row}\\.${column})"`))?.[1]
const choice = (who, row, column, text) => who.html.match(new RegExp(`name="use" value="(fix\\.\\d+\\.${row}\\.${column}\\|[^"]*${text}[^"]*)"`))?.[1]

test('what is no spreadsheet is refused in a sentence', async () => {
  await upload(coordinator, Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]), 'broken.xlsx')
  assert.equal(coordinator.status, 422)
  await upload(coordinator, Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)), '../../etc/noise.csv')
  assert.equal(coordinator.status, 422)
  assert.match(coordinator.html, /class="fault" id="file-fault"/)
})

test('a messy workbook is corrected cell by cell, stored as a whole and taken back', async () => {
  const before = await everything()
  await upload(coordinator, readFileSync(join(root, 'tests/data/plans-messy.xlsx')), 'plans-messy.xlsx')
  const page = coordinator.at
  await settled(coordinator, page)
  assert.match(coordinator.text(), /There is no such day\./)
  assert.match(coordinator.text(), /Columns that were not read: План: R Погода/)
  await other.open(page)
  assert.equal(other.status, 404, 'an upload is its owner\'s alone')

  await coordinator.open(page)
  const id = page.slice('/en'.length)
  const bad = [[15, 3, '30.11.2026'], [16, 3, '01.12.2026'], [19, 15, '200-250']]
  for (const [row, column] of bad) assert.ok(field(coordinator, row, column), `row ${row} has an input`)
  await coordinator.send(id, { ...Object.fromEntries(bad.map(([row, column, text]) => [field(coordinator, row, column), text])), use: choice(coordinator, 20, 2, 'Peace march') })
  assert.ok(coordinator.html.includes('value="200-250"'), 'what was typed is kept beside the one click')
  await coordinator.send(id, { use: choice(coordinator, 17, 7, 'Osh') })
  const form = formsOf(coordinator.html).find(each => each.fields.some(([name]) => name === 'organisation.0'))
  const answers = Object.fromEntries(form.fields.filter(([name]) => name.startsWith('organisation.')).map(([name]) => [name, 'new']))
  assert.equal(Object.keys(answers).length, 2, 'two names nobody knows')
  await coordinator.send(id, { ...answers, do: 'check' })
  await settled(coordinator, page)
  assert.doesNotMatch(coordinator.html, /class="tag danger"/, coordinator.text())
  await coordinator.send(id, { do: 'store' })
  assert.equal(coordinator.status, 422, 'telephone numbers in public texts are looked at first')
  await coordinator.send(id, { do: 'store', seen_private: '1' })
  await settled(coordinator, page)
  assert.match(coordinator.text(), /Everything is stored\./)
  const stored = await everything()
  assert.notEqual(stored, before)
  assert.ok(!/\n[=+@]/.test(stored), 'no cell of the workbook runs as a formula')

  await upload(coordinator, readFileSync(join(root, 'tests/data/plans-messy.xlsx')), 'plans-messy.xlsx')
  await settled(coordinator, coordinator.at)
  await coordinator.open(page + '/undo')
  await coordinator.send('/undo')
  await settled(coordinator, page)
  assert.match(coordinator.text(), /The import is taken back\./)
  assert.equal(await everything(), before)
})

test('the template comes in the language of the page', async () => {
  for (const language of ['ky', 'ru', 'en']) {
    const reply = await fetch(`${site.address}/${language}/work/import/template`, { headers: { cookie: coordinator.cookie } })
    assert.equal(reply.headers.get('content-type'), xlsx)
  }
})
