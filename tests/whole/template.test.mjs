// The workbook that people fill in: each of its drop-downs offers all that an import understands there, and nothing that it does not.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { run, sample } from './birge.mjs'
import { workbook } from './sheets.mjs'

let data
before(() => { data = sample() })
const api = path => JSON.parse(run(data, ['request', `/api/v1/${path}`]).out)
function allPlaces () {
  const places = []
  for (let path = 'places?limit=500'; path;) {
    const { items, next } = api(path)
    places.push(...items)
    path = next && next.slice(next.indexOf('places?'))
  }
  return places
}
const name = (language, names) => names[language] ?? names.ky

// The titles of the first sheet and the choices of each of its drop-downs by column, read without the program's own reader.
function read (path) {
  const done = spawnSync('python3', ['-c', `
import json, re, sys, zipfile
from xml.etree import ElementTree
space = {'m': 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'}
book = zipfile.ZipFile(sys.argv[1])
names = [each.get('name') for each in ElementTree.fromstring(book.read('xl/workbook.xml')).findall('m:sheets/m:sheet', space)]
sheets = {each: ElementTree.fromstring(book.read('xl/worksheets/sheet%d.xml' % (i + 1))) for i, each in enumerate(names)}
def column(cell): return re.match('[A-Z]+', cell).group()
def cells(sheet): return {each.get('r'): ''.join(each.itertext()) for each in sheet.findall('.//m:c', space)}
def choices(formula):
    if formula[0] == '"': return formula[1:-1].split(',')
    sheet, letter, first, last = re.fullmatch(r"'?([^'!]+)'?!\\$([A-Z]+)\\$(\\d+):\\$[A-Z]+\\$(\\d+)", formula).groups()
    return [cells(sheets[sheet])[letter + str(row)] for row in range(int(first), int(last) + 1)]
plan = sheets[names[0]]
head = {column(cell): text for cell, text in cells(plan).items() if re.fullmatch('[A-Z]+1', cell)}
lists = {head[column(each.get('sqref'))]: choices(each.find('m:formula1', space).text) for each in plan.findall('.//m:dataValidation', space) if each.get('type') == 'list'}
print(json.dumps({'head': list(head.values()), 'lists': lists}))`, path], { maxBuffer: 64 << 20 })
  assert.equal(done.status, 0, done.stderr.toString())
  return JSON.parse(done.stdout.toString())
}

// By their places in the sheet, as they are called in no language.
const columns = { title: 1, kind: 2, topic: 3, topic2: 4, date: 5, region: 7, district: 8, lead: 12, audience: 15, entry: 17, visibility: 20, status: 23, newDay: 24, reason: 25, total: 30, method: 32 }

for (const language of ['ky', 'ru', 'en']) {
  test(`every choice of the template in ${language} goes in without a question, and nothing that could be chosen is missing`, () => {
    const template = join(data, `template-${language}.xlsx`)
    const made = run(data, ['export', 'template', '--language', language, '--output', template])
    assert.equal(made.code, 0, made.err)
    const { head, lists } = read(template)
    const called = Object.fromEntries(Object.entries(columns).map(([field, i]) => [field, head[i]]))
    const withLists = ['kind', 'topic', 'topic2', 'region', 'district', 'audience', 'entry', 'visibility', 'status', 'method']
    assert.deepEqual(Object.keys(lists).sort(), withLists.map(field => called[field]).sort())

    const codes = api('codes')
    const places = allPlaces()
    const at = level => places.filter(place => place.level === level)
    const same = (list, wanted) => assert.deepEqual([...list].sort(), wanted.map(names => name(language, names)).sort())
    same(lists[called.kind], codes.kind.map(each => each.names))
    for (const field of ['topic', 'topic2']) same(lists[called[field]], codes.topic.map(each => each.names))
    same(lists[called.audience], codes.audience.map(each => each.names))
    same(lists[called.district], at(2).map(each => each.names))
    const [everywhere, online] = lists[called.region].slice(-2)
    same(lists[called.region].slice(0, -2), at(1).map(each => each.names))

    const plain = { kind: lists[called.kind][0], date: '22.10.2026', region: online, lead: 'UNICEF' }
    const [planned, held, cancelled, moved] = lists[called.status]
    const done = { status: held, date: '14.10.2026', total: 20 }
    const regionOf = Object.fromEntries(at(1).map(place => [place.code, name(language, place.names)]))
    const rows = [
      ...['kind', 'topic', 'topic2', 'region', 'audience', 'entry', 'visibility'].flatMap(field => lists[called[field]].map(choice => ({ [field]: choice }))),
      ...at(2).map(place => ({ region: regionOf[place.parent], district: name(language, place.names) })),
      { status: planned }, done, { status: cancelled, reason: '-' }, { status: moved, newDay: '29.10.2026', reason: '-' },
      ...lists[called.method].map(method => ({ ...done, method }))
    ].map((row, i) => ({ ...plain, title: `${language} ${i}`, ...row }))
    assert.ok(rows.some(row => row.region === everywhere))
    assert.equal(lists[called.status].length, 4)
    const numbered = Object.entries(columns)
    const table = [head, ...rows.map(row => {
      const line = head.map(() => '')
      for (const [field, i] of numbered) if (row[field] !== undefined) line[i] = row[field]
      return line
    })]
    const filled = join(data, `filled-${language}.xlsx`)
    writeFileSync(filled, workbook(table))
    for (const speak of ['ky', 'ru', 'en']) {
      const told = run(data, ['import', 'activities', filled, '--edition', 'sample', '--dry-run', '--speak', speak])
      assert.equal(told.code, 0, told.out + told.err)
      if (speak === 'en') assert.match(told.out, new RegExp(`${rows.length} rows read, ${rows.length} new`))
    }
  })
}

test('what is in no list is refused where a list is', () => {
  const { head } = read(join(data, 'template-en.xlsx'))
  const good = { title: 'A lecture', kind: 'Lecture', date: '22.10.2026', region: 'Osh oblast', lead: 'UNICEF' }
  for (const field of ['kind', 'topic', 'topic2', 'region', 'district', 'audience', 'entry', 'visibility', 'status', 'method']) {
    const line = head.map((_, i) => ({ ...good, [field]: 'zzzz' })[Object.keys(columns).find(each => columns[each] === i)] ?? '')
    const path = join(data, `wrong-${field}.xlsx`)
    writeFileSync(path, workbook([head, line]))
    const told = run(data, ['import', 'activities', path, '--edition', 'sample', '--dry-run', '--speak', 'en'])
    assert.match(told.out, /“zzzz”/, `${field}: ${told.out}`)
  }
})
