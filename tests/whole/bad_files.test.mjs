// Files that nobody should send, and files that are merely old, through the whole program: each is refused in one sentence with nothing
// stored, or read as it was meant; and none takes more memory than a small server has.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { badFiles } from './bad_files.mjs'
import { measured, run, sample } from './birge.mjs'
import { csv, workbook } from './sheets.mjs'

const most = 256 * 1024 // KB
const day = { BIRGE_NOW: '2026-11-22T06:00:00Z' }
let data
before(() => { data = sample(undefined, day) })

const importing = (file, ...more) => measured(data, ['import', 'activities', file, '--edition', 'sample', ...more], { env: day })
const request = path => run(data, ['request', path], { env: day })
const stored = () => request('/feeds/agenda-en.csv?edition=sample').out
const found = text => JSON.parse(request('/api/v1/activities?edition=sample&q=' + encodeURIComponent(text)).out).items

function file (name, bytes) {
  const path = join(data, name)
  writeFileSync(path, bytes)
  return path
}

const header = ['ID', 'Title', 'Kind', 'Date', 'Region', 'Lead organisation', 'Status', 'Women', 'Men']
const row = number => [`B-${number}`, `Lecture number ${number}`, 'lecture', `2026-11-${String(1 + number % 20).padStart(2, '0')}`, 'Osh oblast', 'UNICEF', 'held', 12, 8]

const refused = [['a file that is not there', () => join(data, 'nowhere.xlsx'), /cannot be read/], ...badFiles.map(([name, bytes, sentence]) => [name, () => file(...bytes()), sentence])]

function isOneSentence (done, name) {
  assert.equal(done.code, 1, `${name}: ${done.err}`)
  assert.equal(done.out, '', name)
  assert.match(done.err, /^[^\n]+\.\n$/, name)
  assert.ok(done.kilobytes < most, `${name}: ${done.kilobytes} KB`)
}

for (const [name, make, sentence] of refused) {
  test(`${name} is refused in one sentence of each language, and nothing is stored`, () => {
    const before = stored()
    const path = make()
    const done = importing(path, '--speak', 'en')
    isOneSentence(done, name)
    assert.match(done.err, sentence)
    const others = ['ky', 'ru'].map(language => {
      const told = importing(path, '--speak', language, '--partial', '--create-organisations')
      isOneSentence(told, `${name}, ${language}`)
      assert.match(told.err, /[а-яё]{3}/i, `${name}, ${language}`)
      return told.err
    })
    assert.notEqual(others[0], others[1])
    assert.equal(stored(), before)
    rmSync(path, { force: true })
  })
}

test('CSV of 300 MB is refused at once by its size', () => {
  const path = join(data, 'huge.csv')
  const piece = csv(Array.from({ length: 10_000 }, (_, i) => row(i)))
  const output = openSync(path, 'w')
  writeSync(output, csv([header]))
  for (let written = 0; written < 300 << 20; written += piece.length) writeSync(output, piece)
  closeSync(output)
  try {
    const before = stored()
    const began = Date.now()
    const done = importing(path)
    assert.ok(Date.now() - began < 5000)
    isOneSentence(done, 'huge')
    assert.match(done.err, /larger than 32 MB/)
    assert.equal(stored(), before)
  } finally { rmSync(path) }
})

test('more rows than an import takes are refused within the memory, however short they are', () => {
  const path = file('long.csv', csv([header, ...Array.from({ length: 150_000 }, (_, i) => row(i))]))
  const done = importing(path, '--create-organisations')
  isOneSentence(done, 'long')
  assert.match(done.err, /more than 50,000 rows/)
  rmSync(path)
})

test('a workbook that names one long text in every row is refused within the memory', () => {
  const path = file('shared.xlsx', workbook([[...header, 'Description'], ...Array.from({ length: 45_000 }, (_, i) => [...row(i), { shared: 0 }])], ['Узун сүрөттөмө. '.repeat(120)]))
  const done = importing(path, '--create-organisations', '--speak', 'en')
  isOneSentence(done, 'shared')
  assert.match(done.err, /unpacks to far more/)
  rmSync(path)
})

test('a sheet in which every cell is wrong is told within the memory', () => {
  const bad = number => [`Title ${number} 0555123456`, `kind ${number}`, '31.02.2026', '25:99', `Place ${number}`, `Organisation ${number}`, `state ${number}`, -12, '8,5', 'many', `topic ${number}`, 'elvish']
  const path = file('wrong.csv', csv([['Title', 'Kind', 'Date', 'Time', 'Region', 'Lead organisation', 'Status', 'Women', 'Men', 'Total', 'Topic', 'Language'],
    ...Array.from({ length: 20_000 }, (_, i) => bad(i))]))
  const done = importing(path, '--partial')
  assert.equal(done.code, 3)
  assert.match(done.out, /20,000 rows read, 20,000 with errors/)
  assert.match(done.out, /\.\.\. and \d{3},\d{3} more/)
  assert.ok(done.kilobytes < most, `${done.kilobytes} KB`)
  const again = readFileSync(join(data, 'wrong.refused.csv'), 'utf8').trimEnd().split('\r\n')
  assert.equal(again.length, 20_001)
  assert.match(again.at(-1), /Title 19999/)
  assert.match(again.at(-1), /,"[A-Z] [^:]+: .+"$/, 'the last row still has a reason')
  rmSync(path)
})

test('a workbook of 50,000 rows is imported, and the same again changes nothing, within the memory', t => {
  const large = sample(undefined, day)
  const path = join(large, 'large.xlsx')
  writeFileSync(path, workbook([header, ...Array.from({ length: 50_000 }, (_, i) => row(i))]))
  const command = ['import', 'activities', path, '--edition', 'sample', '--speak', 'en']
  for (const [told, name] of [[/50,000 rows read, 50,000 new/, 'first'], [/50,000 rows read, 50,000 unchanged/, 'again']]) {
    const began = Date.now()
    const done = measured(large, command, { env: day })
    t.diagnostic(`${name}: ${Math.round(done.kilobytes / 1024)} MB, ${((Date.now() - began) / 1000).toFixed(1)} s`)
    assert.equal(done.code, 0, done.err)
    assert.match(done.out, told)
    assert.ok(done.kilobytes < most, `${name}: ${done.kilobytes} KB`)
  }
  rmSync(large, { recursive: true })
})

// Formulas.

const formulas = ['=1+1', '=HYPERLINK("http://evil.example","click")', '+1+1', '-1+1', '@SUM(1,1)', '=cmd|\'/C calc\'!A0', '\t=1+1']
// What stands in a workbook, found without the program's own reader.
function readSheet (bytes) {
  const path = file('export.xlsx', bytes)
  return python(`
import json, re, sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
sheets = ''.join(book.read(name).decode() for name in book.namelist() if name.startswith('xl/worksheets/'))
strings = book.read('xl/sharedStrings.xml').decode() if 'xl/sharedStrings.xml' in book.namelist() else ''
print(json.dumps({'formulas': re.findall('<f[ >]', sheets), 'links': re.findall('<hyperlink[^>]*>', sheets), 'texts': re.findall('<t[^>]*>([^<]*)<', sheets + strings)}))`, path)
}

function python (program, ...args) {
  const done = spawnSync('python3', ['-c', program, ...args], { maxBuffer: 64 << 20 })
  assert.equal(done.status, 0, done.stderr.toString())
  return done.stdout.toString()
}

test('a formula as a title is a text, and no cell of an export runs', () => {
  const path = file('formula.csv', csv([header, ...formulas.map((formula, i) => [`F-${i}`, `${formula} marked`, 'lecture', `2026-11-0${1 + i}`, 'Osh oblast', 'UNICEF', 'held', 2, 3])]))
  const done = importing(path, '--speak', 'en')
  assert.equal(done.code, 0, done.out + done.err)
  assert.equal(found('marked').length, formulas.length)
  const exported = request('/feeds/agenda-en.csv?edition=sample&q=marked').out
  assert.equal(exported.split('\r\n').filter(line => line.includes('marked')).length, formulas.length)
  for (const field of exported.replace(/^\uFEFF/, '').split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    assert.doesNotMatch(field, /^"?\s*[=@]/, field)
    assert.doesNotMatch(field, /^"?\s*[+-](?![\d.]+"?$)/, field)
  }
  const book = JSON.parse(readSheet(request('/feeds/agenda-en.xlsx?edition=sample&q=marked').bytes))
  assert.deepEqual(book.formulas, [])
  assert.ok(book.texts.some(text => text.includes('HYPERLINK')), 'the titles are there as texts')
  assert.ok(!book.links.some(link => link.includes('evil')))
  const page = request('/en/activities?q=marked&edition=sample').out
  assert.ok(page.includes('=1+1 marked'))
  assert.ok(!page.includes('href="http://evil'))
})

test('of a formula in a workbook its value is read', () => {
  const path = file('formula.xlsx', workbook([header, ['F-9', { formula: 'CONCATENATE("Worked ","out")', value: 'Worked out by a formula' }, 'lecture', '2026-11-09', 'Osh oblast', 'UNICEF', 'held', { formula: '1+1', value: 2 }, 3]]))
  assert.equal(importing(path).code, 0)
  const [one] = found('formula')
  assert.equal(one.title, 'Worked out by a formula')
  assert.deepEqual(one.attendance, { low: 5, high: 5 })
})

// Markup.

test('HTML and right-to-left overrides in every text field are shown as text on every page and in every feed', () => {
  const hostile = name => `${name}"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202Eevil\u2066x\u200F hostile`
  const name = text => hostile(text).replaceAll(/[/;]/g, '') // between names these part them
  const head = ['ID', 'Title (ky)', 'Title (ru)', 'Title (en)', 'Description (en)', 'Venue (en)', 'Kind', 'Date', 'Region', 'District', 'Village', 'Lead organisation', 'Co-hosts', 'Partners', 'Public contact', 'Cost', 'Status', 'Reason', 'Women', 'Men', 'Comment']
  const values = [hostile('X'), hostile('Ky'), hostile('Ru'), hostile('En'), hostile('About'), hostile('Hall'), 'lecture', '2026-11-10', 'Osh oblast', 'Kara-Suu district', hostile('Village'), name('Lead'), name('Host'), name('Partner'), hostile('Contact'), hostile('Free'), 'held', hostile('Reason'), 4, 5, hostile('Story')]
  const path = file('hostile.csv', csv([head, values]))
  const done = importing(path, '--create-organisations', '--speak', 'en')
  assert.equal(done.code, 0, done.out + done.err)
  assert.doesNotMatch(done.out, /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/, 'a terminal turns its lines around as well')
  const [one] = found('hostile')
  const organisations = JSON.parse(request('/api/v1/organisations?limit=200').out).items.filter(entry => JSON.stringify(entry).includes('hostile'))
  assert.equal(organisations.length, 3)
  const addresses = ['/', '/activities?q=hostile', `/activities/${one.id}`, `/activities/${one.id}/poster`, '/activities/sheet?place=kara-suu&q=hostile', '/organisations', '/figures', '/figures/organisations',
    '/report', '/editions/sample', '/regions/osh', ...organisations.map(entry => `/organisations/${entry.slug}`)]
  let shown = 0
  for (const language of ['ky', 'ru', 'en']) {
    for (const address of addresses) {
      const page = request(`/${language}${address}`)
      assert.equal(page.code, 0, `/${language}${address}`)
      assert.doesNotMatch(page.out, /<script>|<img src=x|onerror=alert\(2\)>/, `/${language}${address}`)
      assert.doesNotMatch(page.out, /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/, `/${language}${address}`)
      shown += page.out.includes('&lt;script') ? 1 : 0
    }
  }
  assert.ok(shown > 15, `the text stood on ${shown} pages only: the test looks past it`)
  for (const feed of ['agenda-en.json', 'agenda-en.geojson', 'agenda-en.atom', 'agenda-en.ics', 'agenda-en.csv', '3w-en.csv']) {
    const text = request(`/feeds/${feed}?edition=sample&q=hostile`).out
    assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/, feed)
    if (feed.endsWith('json')) JSON.parse(text)
    if (feed.endsWith('atom')) assert.doesNotMatch(text, /<script|<img/)
  }
})

// Encodings.

const kyrgyz = [['Аталышы', 'Түрү', 'Күнү', 'Облус', 'Уюм', 'Статусу'], ['Өнөктүк жаңы күчтөр менен', 'лекция', '12.11.2026', 'Ош облусу', 'ЮНИСЕФ', 'өткөрүлдү']]
const russian = [['Название', 'Вид', 'Дата', 'Область', 'Организация', 'Статус'], ['Ёлка — встреча «Вместе» № 5', 'лекция', '13.11.2026', 'Ошская область', 'ЮНИСЕФ', 'проведено']]

function swapped (text) {
  return Buffer.from(text, 'utf16le').swap16()
}

// The letters these tests use stand in Windows-1251 where this puts them.
function windows (text) {
  const special = { Ё: 0xA8, ё: 0xB8, '«': 0xAB, '»': 0xBB, '№': 0xB9, '—': 0x97 }
  return Buffer.from([...text].map(c => special[c] ?? (c >= 'А' && c <= 'я' ? c.charCodeAt(0) - 0x410 + 0xC0 : c.charCodeAt(0))))
}

for (const [name, bytes, told, title] of [
  ['UTF-16 with its mark, as Excel writes it', () => Buffer.concat([Buffer.from([0xFF, 0xFE]), Buffer.from(csv(kyrgyz, '\t'), 'utf16le')]), /UTF-16LE, tab/, kyrgyz[1][0]],
  ['UTF-16 the other way round', () => Buffer.concat([Buffer.from([0xFE, 0xFF]), swapped(csv(kyrgyz.map((line, i) => i ? ['Эки ' + line[0], ...line.slice(1)] : line), '\t'))]), /UTF-16BE, tab/, 'Эки ' + kyrgyz[1][0]],
  ['Windows-1251 with semicolons', () => windows(csv(russian, ';')), /Windows-1251, semicolon/, russian[1][0]]
]) {
  test(`${name} is read letter by letter`, () => {
    const path = file('letters.csv', bytes())
    const done = importing(path, '--speak', 'en')
    assert.equal(done.code, 0, done.out + done.err)
    assert.match(done.out, told)
    assert.match(done.out, /1 row read, 1 new/)
    assert.ok(found(title).some(entry => entry.title === title), title)
  })
}
