// A coordinator's spreadsheet from the first trial to the corrected file: everything in it is told by row and column in three languages, the
// good rows go in, the others come back, and nothing is ever stored twice.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { binary, root, run, sample } from './birge.mjs'

// The day on which the plans in tests/data were sent: some of their dates are over, some still to come.
const day = { BIRGE_NOW: '2026-11-22T06:00:00Z' }
let data
let messy
let clean
before(() => {
  data = sample(undefined, day)
  messy = join(data, 'plans-messy.xlsx')
  clean = join(data, 'plans-clean.csv')
  copyFileSync(join(root, 'tests/data/plans-messy.xlsx'), messy)
  copyFileSync(join(root, 'tests/data/plans-clean.csv'), clean)
})

const importing = (file, ...more) => run(data, ['import', 'activities', file, '--edition', 'sample', ...more], { env: day })
const request = path => run(data, ['request', path], { env: day }).out
const totals = () => JSON.parse(request('/api/v1/activities?edition=sample&limit=1')).totals
const everything = () => request('/feeds/agenda-en.csv?edition=sample')
const titled = title => JSON.parse(request('/api/v1/activities?edition=sample&q=' + encodeURIComponent(title))).items.filter(item => item.title === title)
function only (title) {
  const all = titled(title)
  assert.equal(all.length, 1, title)
  return all[0]
}

test('a request is asked as it is typed at a terminal, in any letters', () => {
  const typed = run(data, ['request', '/ky/activities?edition=sample&q=миграция коопсуз'], { env: day })
  assert.equal(typed.code, 0, typed.err)
  assert.match(typed.out, /value="миграция коопсуз"/)
})

// What a workbook or its cells are changed with: pairs of texts, each of which must stand in it.
function rewrite (from, to, changes) {
  const done = spawnSync('python3', ['-c', `
import json, sys, zipfile
changes = json.loads(sys.argv[3])
book = zipfile.ZipFile(sys.argv[1])
out = zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED)
seen = set()
for name in book.namelist():
    bytes = book.read(name)
    if name.startswith('xl/worksheets/'):
        for old, new in changes:
            if old.encode() in bytes: seen.add(old)
            bytes = bytes.replace(old.encode(), new.encode())
    out.writestr(name, bytes)
out.close()
sys.exit(len(seen) != len(changes))`, from, to, JSON.stringify(changes)])
  assert.equal(done.status, 0, 'a text to change is not in the workbook ' + done.stderr)
}

// [severity, row, column with its header, sentence] of each finding about a row.
const pattern = /^(error|warning|note), sheet “План”, row (\d+)(?:, column ([A-Z]+ [^:]+))?: (.+)$/gm
// Row and column alone, as they stand in every language.
const anyPattern = /^\p{L}+, .*?План[”»]\P{L}*.*?(\d+)(?:.*?([A-Z]+ (?:Дата проведения|Село|Уюм|жалпы|Түрү|Место проведения))(?: тилкеси)?: )?/gmu

test('a trial names every doubtful cell by row and column, and stores nothing', () => {
  const before = everything()
  const done = importing(messy, '--dry-run', '--speak', 'en')
  assert.equal(done.code, 3)
  const findings = [...done.out.matchAll(pattern)].map(([, severity, row, column, text]) => [severity, Number(row), column, text])
  const expected = [
    ['error', 15, 'D Дата проведения', /“31\.11\.2026”\. There is no such day/],
    ['error', 16, 'D Дата проведения', /“01\/12\/2026”\. .*two ways.* 1\u00a0December 2026 or 12\u00a0January 2026/],
    ['error', 17, 'H Село', /“с\. Кара-Суу”\. Several places.*Kara-Suu town, Kara-Suu district, Osh oblast/],
    ['error', 18, 'J Уюм', /“Клуб «Совсем новый»”.*not known/],
    ['error', 19, 'J Уюм', /“«Дөңгөлөк» веклубу”.*not known/],
    ['error', 19, 'P жалпы', /“более 200”.*no upper end/],
    ['error', 20, 'C Түрү', /“парад планет”.*Perhaps: Peace march/],
    ['warning', 8, 'I Место проведения', /phone number/],
    ['warning', 9, 'P жалпы', /do not add up to the total \(23 \/ 25\)/],
    ['warning', 10, undefined, /heading or a remark/],
    ['warning', 11, 'P жалпы', /taken as the expected attendance/],
    ['warning', 23, undefined, /heading or a remark/],
    ['note', 6, undefined, /Numbers of columns/],
    ['note', 21, undefined, /row of totals/]
  ]
  assert.equal(findings.length, expected.length, done.out)
  for (const [i, [severity, row, column, text]] of expected.entries()) {
    assert.deepEqual(findings[i].slice(0, 3), [severity, row, column])
    assert.match(findings[i][3], text)
  }
  assert.match(done.out, /sheet “План \(старый\)”: This hidden sheet was not read/)
  assert.match(done.out, /Columns that were not read: План: R Погода/)
  assert.match(done.out, /17 rows read, 7 new, 4 skipped, 6 with errors/)
  assert.equal(everything(), before)
})

test('the findings are the same ones in Kyrgyz and in Russian', () => {
  const cells = language => [...importing(messy, '--dry-run', '--speak', language).out.matchAll(anyPattern)].map(([, row, column]) => `${row} ${column}`)
  const english = cells('en')
  assert.equal(english.length, 14)
  for (const language of ['ky', 'ru']) {
    assert.deepEqual(cells(language), english, language)
    const told = importing(messy, '--dry-run', '--speak', language).out
    assert.doesNotMatch(told, /There is|Perhaps|rows? read|skipped|not known|was not/, language)
  }
})

test('without --partial one error keeps every row out', () => {
  const before = everything()
  const done = importing(messy, '--speak', 'en')
  assert.equal(done.code, 3)
  assert.match(done.err, /^Nothing was stored[^\n]+\n$/)
  assert.equal(everything(), before)
})

test('with --partial the good rows go in and the others come back with their reasons, in the same format', () => {
  const before = totals()
  const done = importing(messy, '--partial', '--speak', 'en')
  assert.equal(done.code, 3)
  assert.match(done.err, /plans-messy\.refused\.xlsx/)
  const now = totals()
  assert.equal(now.activities, before.activities + 7)
  assert.equal(now.held, before.held + 4)
  const theatre = only('Жаштар үчүн форум-театр «Менин укугум»')
  assert.deepEqual([theatre.day, theatre.start_time, theatre.end_time, theatre.district.code, theatre.place.name], ['2026-11-12', '14:00', '16:00', 'nooken', 'Масы айыл аймагы'])
  assert.deepEqual(theatre.attendance, { low: 109, high: 109 })
  const marathon = only('Веломарафон «Бирге»')
  assert.deepEqual([marathon.day, marathon.end_day], ['2026-11-28', '2026-12-01'])
  const moved = only('Тренинг для волонтёров')
  assert.deepEqual([moved.day, moved.moved_from?.day], ['2026-12-05', '2026-11-21'])
  assert.equal(titled('Старая запись').length, 0, 'the hidden sheet stays out')
  assert.equal(titled('Поход в сёла').length, 0)
})

test('the same file again changes nothing', () => {
  const before = everything()
  const again = importing(messy, '--partial', '--speak', 'en')
  assert.match(again.out, /17 rows read, 7 unchanged, 4 skipped, 6 with errors/)
  assert.match(again.out, /Nothing had to be changed/)
  assert.equal(everything(), before)
})

test('refused rows that somebody may be correcting are not written over, and a trial writes none', () => {
  const first = join(data, 'plans-messy.refused.xlsx')
  const before = readFileSync(first)
  const second = join(data, 'plans-messy.refused.2.xlsx')
  rmSync(second, { force: true })
  const trial = importing(messy, '--partial', '--dry-run', '--speak', 'en')
  assert.equal(trial.code, 3)
  assert.doesNotMatch(trial.err, /refused/)
  assert.ok(!existsSync(second), 'a trial writes nothing')
  const again = importing(messy, '--partial', '--speak', 'en')
  assert.match(again.err, /plans-messy\.refused\.2\.xlsx/)
  assert.ok(existsSync(second))
  assert.ok(before.equals(readFileSync(first)))
})

test('where the refused rows cannot be written nothing is stored', () => {
  const before = everything()
  const file = join(data, 'two.csv')
  writeFileSync(file, readFileSync(clean, 'utf8').split('\n').slice(0, 1).join('') + '\n' +
    'Q-1,A row that is good,Lecture,2026-11-10,10:00,Osh oblast,,,Osh oblast team (sample),,,held,,,,,,\n' +
    'Q-2,A row that is not,Lecture,2026-11-31,10:00,Osh oblast,,,Osh oblast team (sample),,,held,,,,,,\n')
  const blocked = join(data, 'two.refused.csv.making')  // the name it is written under until it is whole
  mkdirSync(blocked)
  const done = importing(file, '--partial', '--speak', 'en')
  assert.equal(done.code, 1)
  assert.match(done.err, /two\.refused\.csv cannot be written/)
  assert.equal(everything(), before)
  rmSync(blocked, { recursive: true, force: true })
  assert.equal(importing(file, '--partial', '--speak', 'en').code, 3)
  assert.notEqual(everything(), before)
})

test('a terminal sees how many rows are read, and no bar of what nobody can know yet', () => {
  const file = join(data, 'long.csv')
  writeFileSync(file, 'Title,Kind,Date,Region,Lead organisation\n' + 'A,B,C,D,E\n'.repeat(600))
  const shown = spawnSync('python3', ['-c', `
import os, pty, sys
out = b''
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
while True:
    try: piece = os.read(terminal, 4096)
    except OSError: break
    if not piece: break
    out += piece
os.waitpid(pid, 0)
sys.stdout.buffer.write(out)`, binary, 'import', 'activities', file, '--edition', 'sample', '--dry-run', '--speak', 'en'], { env: { ...process.env, ...day, DATA: data, TERM: 'xterm' }, encoding: 'utf8' })
  assert.match(shown.stdout, /\rRows read 500\r/)
  assert.doesNotMatch(shown.stdout, /\[#/)
})

test('the refused rows go in once they are corrected, and only once', () => {
  const corrected = join(data, 'corrected.xlsx')
  rewrite(join(data, 'plans-messy.refused.xlsx'), corrected, [['31.11.2026', '30.11.2026'], ['01/12/2026', '01.12.2026'], ['с. Кара-Суу', 'Кара-Суу шаары'], ['более 200', '200-250'], ['парад планет', 'форум-театр']])
  const still = importing(corrected, '--speak', 'en')
  assert.equal(still.code, 3)
  assert.match(still.out, /6 rows read, 4 new, 2 with errors/, 'the two new organisations are still asked about')
  const before = totals()
  const done = importing(corrected, '--create-organisations', '--speak', 'en')
  assert.equal(done.code, 0, done.out)
  assert.match(done.out, /6 rows read, 6 new/)
  assert.match(done.out, /New organisations: [^\n]*Совсем новый/)
  assert.equal(totals().activities, before.activities + 6)
  const festival = only('Спортивный праздник')
  assert.deepEqual(festival.attendance, { low: 200, high: 250 })
  const once = everything()
  assert.match(importing(corrected, '--create-organisations', '--speak', 'en').out, /6 rows read, 6 unchanged/)
  assert.equal(everything(), once)
})

test('a clean table goes in whole, and the same again changes nothing', () => {
  const first = importing(clean, '--speak', 'en')
  assert.equal(first.code, 0, first.out)
  assert.match(first.out, /5 rows read, 5 new/)
  const before = everything()
  assert.match(importing(clean, '--speak', 'en').out, /5 rows read, 5 unchanged/)
  assert.equal(everything(), before)
})

test('a corrected file updates the same activities, found by their ids', () => {
  const lecture = only('How to recognise trafficking')
  const before = totals()
  const text = readFileSync(clean, 'utf8')
  const corrected = text.replace('20,12,31,27,90', '22,12,31,27,92').replace('How to recognise trafficking', 'How to recognise trafficking in time').replace('P-4,Reading a work contract,Free legal consultation,2026-12-03', 'P-4,Reading a work contract,Free legal consultation,2026-12-04')
  writeFileSync(clean, corrected)
  const done = importing(clean, '--speak', 'en')
  assert.equal(done.code, 0, done.out)
  assert.match(done.out, /5 rows read, 2 changed, 3 unchanged/)
  const now = only('How to recognise trafficking in time')
  assert.equal(now.id, lecture.id)
  assert.deepEqual(now.attendance, { low: 92, high: 92 })
  assert.equal(totals().activities, before.activities)
  assert.equal(totals().reported_attendances.low, before.reported_attendances.low + 2)
  assert.equal(totals().moved, before.moved + 1, 'the public saw another day before')
})

test('after all of it the sums agree with the activities', () => {
  assert.equal(run(data, ['doctor'], { env: day }).code, 0)
})
