import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { binary, folder, root, run, sample } from './birge.mjs'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('the configuration table of the README has exactly the settings there are', () => {
  const help = run(folder(), ['serve', '--help']).out
  const group = help.slice(help.indexOf('Settings'))
  const known = [...group.matchAll(/--([a-z-]+)/g)].map(([, name]) => name.replaceAll('-', '_')).sort()
  const told = [...readme.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name).sort()
  assert.ok(known.length > 5)
  assert.deepEqual(told, known)
})

test('the table tells the short names and the defaults that the program has', () => {
  const code = readFileSync(join(root, 'src/platform/base/config.cpp'), 'utf8')
  const list = code.slice(code.indexOf('all_settings = '), code.indexOf('});', code.indexOf('all_settings = ')))
  const known = [...list.matchAll(/^ {4}\{"([a-z_]+)", "([A-Z]*)", "([^"]*)",/gm)].map(([, ...row]) => row)
  const told = [...readme.matchAll(/^\| `([a-z_]+)` \| (?:`([A-Z]+)` )?\| (?:`([^`]+)` )?\|/gm)].map(([, ...row]) => row.map(cell => cell ?? ''))
  assert.ok(known.length > 15)
  assert.deepEqual(told, known)
})

// The import of the tour as the README has it, on a day, in a demo that was made on a day before: [severity, row and column] of each finding about
// the plan, and the line that counts.
const day = date => ({ BIRGE_NOW: `${date}T06:00:00Z` })
function findings (told) {
  return { cells: [...told.matchAll(/^(error|warning|note), sheet “План”, (row \d+(?:, column [A-Z]+)?)/gm)].map(([, ...cell]) => cell), count: told.match(/^\d+ rows read.*$/m)?.[0] }
}
function tour (made, played) {
  const data = sample(undefined, day(made))
  const commands = [...readme.matchAll(/^ {7}(DATA=var (?:tools|build)[^#\n]*?) *(?:#.*)?$/gm)].map(([, command]) => command)
  assert.equal(commands.length, 2)
  let told = ''
  for (const command of commands) {
    const typed = command.replace('DATA=var', '').replaceAll('build/release/birge', binary).replaceAll(' var/', ` ${data}/`) + (command.includes('import') ? ' --speak en' : '')
    const done = spawnSync('sh', ['-c', typed], { cwd: root, env: { PATH: process.env.PATH, HOME: '/tmp', BIRGE: binary, DATA: data, ...day(played) } })
    told = done.stdout.toString()
    assert.equal(done.status, command.includes('import') ? 3 : 0, done.stderr.toString())
  }
  return findings(told)
}

test('the workbook of the tour has the same findings on every day of any year, also in a demo of last month and in one that is over', () => {
  const autumn = sample(undefined, day('2026-11-22'))
  const plans = join(autumn, 'plans.xlsx')
  copyFileSync(join(root, 'tests/data/plans-messy.xlsx'), plans)
  const wanted = findings(run(autumn, ['import', 'activities', plans, '--edition', 'sample', '--dry-run', '--speak', 'en'], { env: day('2026-11-22') }).out)
  assert.equal(wanted.cells.length, 14)
  assert.match(wanted.count, /^17 rows read, 7 new, 4 skipped, 6 with errors/)
  for (const [made, played] of [['2027-02-10', '2027-02-10'], ['2027-04-20', '2027-05-21'], ['2027-07-05', '2027-12-01'], ['2027-12-24', '2027-12-24'], ['2028-02-29', '2028-02-29']]) {
    assert.deepEqual(tour(made, played), wanted, `made ${made}, played ${played}`)
  }
})

test('every file that the README links to is there', () => {
  for (const [, path] of readme.matchAll(/\]\(([^)#]+)\)/g)) if (!path.startsWith('http')) assert.ok(existsSync(join(root, path)), path)
})

// What bash offers after these words, by the script that the program prints.
function offeredIn (place, ...words) {
  const script = run(folder(), ['completion']).out
  const asked = `${script}\nCOMP_WORDS=(birge "$@"); COMP_CWORD=$#; _birge; printf '%s\\n' "\${COMPREPLY[@]}"`
  const done = spawnSync('bash', ['-c', asked, 'bash', ...words], { cwd: place })
  assert.equal(done.stderr.toString(), '')
  return done.stdout.toString().split('\n').filter(word => word)
}
const offered = (...words) => offeredIn(folder(), ...words)

test('bash completes commands, the commands below them and their options', () => {
  const commands = offered('')
  for (const command of ['serve', 'import', 'report', 'backup', 'restore']) assert.ok(commands.includes(command), command)
  assert.deepEqual(offered('imp'), ['import'])
  for (const [group, below] of [['import', 'activities'], ['export', 'template'], ['user', 'add'], ['jobs', 'retry'], ['audit', 'head']]) {
    assert.ok(offered(group, '').includes(below), group)
    assert.deepEqual(offered(group, below.slice(0, 3)), [below])
  }
  const options = offered('import', 'activities', '--')
  for (const option of ['--edition', '--dry-run', '--partial', '--create-organisations', '--data']) assert.ok(options.includes(option), option)
  assert.deepEqual(offered('import', 'activities', 'plan.xlsx', '--dry'), ['--dry-run'])
  assert.deepEqual(offered('user', 'reset', '0700123456', '--remove'), ['--remove-second-step'])
  assert.deepEqual(offered('init', '--sample-s'), ['--sample-size'])
  assert.deepEqual(offered('backup', ''), [], 'a file is wanted there, not an option')
})

test('bash completes the values an option may have, and files where a file is wanted', () => {
  assert.deepEqual(offered('report', 'sample', '--format', ''), ['html', 'pdf', 'xlsx'])
  assert.deepEqual(offered('report', '--format', 'p'), ['pdf'])
  assert.deepEqual(offered('report', '--format', '='), ['html', 'pdf', 'xlsx'], 'bash takes --format= for two words')
  assert.deepEqual(offered('report', '--format', '=', 'x'), ['xlsx'])
  for (const command of [['report', 'sample'], ['export', 'template']]) assert.deepEqual(offered(...command, '--language', ''), ['ky', 'ru', 'en'])
  assert.deepEqual(offered('serve', '--default-language', 'r'), ['ru'])
  assert.deepEqual(offered('serve', '--log-level', 'd'), ['debug'])
  assert.deepEqual(offered('serve', '--speak', ''), ['ky', 'ru', 'en'])
  assert.deepEqual(offered('user', 'add', '--role', 'ob'), ['observer'])
  for (const role of offered('user', 'add', '--role', '')) assert.notEqual(role, 'helper', 'it is held for an activity')
  assert.deepEqual(offered('report', 'sample', '--region', ''), [], 'only a person knows')
  assert.deepEqual(offered('help', 'imp'), ['import'])
  assert.deepEqual(offered('help', 'import', ''), ['activities'])

  const place = folder()
  mkdirSync(join(place, 'my plans'))
  for (const name of ['my plan.xlsx', 'other.csv']) writeFileSync(join(place, name), '')
  const there = (...words) => offeredIn(place, ...words).sort()
  for (const words of [['import', 'activities'], ['restore'], ['backup'], ['report', 'sample', '--output'], ['serve', '--config']]) assert.deepEqual(there(...words, 'my'), ['my plan.xlsx', 'my plans'], words.join(' '))
  assert.deepEqual(there('import', 'activities', '--dry-run', 'oth'), ['other.csv'])
  assert.deepEqual(there('init', '--data', 'my'), ['my plans'], 'a folder')
  assert.deepEqual(there('user', 'list', 'my'), [], 'no file is wanted there')
})
