// How every command ends and how it speaks: exit codes 0, 1 and 2 of each, colour and progress on a terminal, plain text in a pipe.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { binary, folder, now, root, run, sample, serve } from './birge.mjs'

let data
before(() => { data = sample() })
const asked = (...args) => run(data, [...args, '--speak', 'en'])

// [command, arguments that are good, arguments that name nothing or cannot be read, arguments that are no usage]. Files go to the data folder, where
// the commands run. Of a command that takes nothing there is nothing bad to give it but a setting.
const setting = ['--port', 'many']
const commands = [
  ['init', ['--if-needed'], ['--country', 'atlantis'], ['--sample-size', '0']],
  ['request', ['/en/'], ['/en/nothing-here'], []],
  ['report', ['sample', '--format', 'html', '--output', '-'], ['atlantis', '--format', 'html', '--output', '-'], ['sample']],
  ['verify', ['1899', '--by', 'A test', '--how', 'called it'], ['atlantis', '--by', 'A test', '--how', 'called it'], ['1899']],
  ['migrate', [], setting, ['now']],
  ['doctor', [], ['--audit-head', 'atlantis'], ['--mend']],
  ['audit head', [], setting, ['foot']],
  ['jobs run', [], setting, ['twice']],
  ['jobs list', [], setting, ['all']],
  ['jobs retry', null, ['atlantis'], []], // the good case needs a job that was given up: below
  ['jobs test-mail', null, ['you@example.org'], []], // the good case needs a relay: trust.test.mjs
  ['import activities', ['good.csv', '--edition', 'sample', '--dry-run'], ['nowhere.csv', '--edition', 'sample'], ['good.csv', '--dry']],
  ['export template', ['--language', 'ru'], ['--language', 'la'], ['--tongue', 'ru']],
  ['user add', ['--role', 'observer'], ['--role', 'emperor'], []],
  ['user list', [], setting, ['all']],
  ['user sample', [], setting, ['two']],
  ['user lock', ['observer@birge.example'], ['nobody@birge.example'], []],
  ['user unlock', ['observer@birge.example'], ['nobody@birge.example'], []],
  ['user reset', ['observer@birge.example'], ['nobody@birge.example'], []],
  ['user remove', ['observer@birge.example'], ['nobody@birge.example'], []],
  ['backup', ['first.birge'], ['first.birge'], []], // the second would be written over the first
  ['restore', null, ['nowhere.birge'], []], // the good case needs a folder of its own: below
  ['completion', [], setting, ['zsh']],
  ['serve', null, setting, ['--loud']] // ends well when it is stopped: below
]

test('the table above has every command there is', () => {
  const script = run(data, ['completion']).out
  const leaves = [...script.matchAll(/^ {4}"([a-z -]+)"\|"/gm)].map(([, name]) => name)
  assert.ok(leaves.length > 20)
  assert.deepEqual(commands.map(([name]) => name).sort(), leaves.sort())
})

for (const [name, good, bad, usage] of commands) {
  test(`birge ${name} ends with 0 when it is done, with 1 and one sentence when it cannot be, with 2 when it is typed wrongly`, () => {
    writeFileSync(join(data, 'good.csv'), 'Title,Kind,Date,Region,Lead organisation\nA lecture,Lecture,2026-10-22,Osh oblast,UNICEF\n')
    const words = name.split(' ')
    if (good) {
      const done = asked(...words, ...good)
      assert.equal(done.code, 0, done.err + done.out)
      assert.equal(done.err, '')
    }
    const refused = asked(...words, ...bad)
    assert.equal(refused.code, 1, refused.err + refused.out)
    if (name !== 'request') assert.match(refused.err, /^[^\n]+\.\n$/) // the answer to a request is its own, as of a server
    const mistyped = asked(...words, ...usage)
    assert.equal(mistyped.code, 2, mistyped.err + mistyped.out)
    assert.match(mistyped.err, /^[^\n]+[.?]\n$/)
    assert.equal(mistyped.out, '')
  })
}

test('commands with commands below them, no command and an unknown one are wrong usage; help and version are not', () => {
  for (const words of [[], ['fly'], ['import'], ['export'], ['user'], ['jobs'], ['audit']]) assert.equal(run(data, words).code, 2, words.join(' '))
  for (const words of [['--help'], ['--version'], ['serve', '--help'], ['import', 'activities', '--help']]) {
    const done = run(data, words)
    assert.equal(done.code, 0, words.join(' '))
    assert.equal(done.err, '')
    assert.ok(done.out.length > 3)
  }
})

test('a word that is wrong is named, with the one that was meant where one is near', () => {
  const cases = [
    [['frob'], 'There is no command “birge frob”. “birge help” shows what there is.'],
    [['serv'], 'There is no command “birge serv”. Did you mean “birge serve”?'],
    [['imprt', 'activities'], 'There is no command “birge imprt”. Did you mean “birge import”?'],
    [['user', 'lst'], 'There is no command “birge user lst”. Did you mean “birge user list”?'],
    [['help', 'frob'], 'There is no command “birge frob”. “birge help” shows what there is.'],
    [['serve', '--prot', '1'], '“birge serve” has no option “--prot”. Did you mean “--port”?'],
    [['serve', '--prot=1'], '“birge serve” has no option “--prot”. Did you mean “--port”?'],
    [['serve', '--zzz'], '“birge serve” has no option “--zzz”. “birge help serve” shows what there is.'],
    [['--prot', '1', 'serve'], '“birge” has no option “--prot”. “birge help” shows what there is.'],
    [['report', 'sample', '--fromat', 'pdf'], '“birge report” has no option “--fromat”. Did you mean “--format”?'],
    [['report', 'sample'], '“birge report” needs “--format” as well. “birge help report” shows what there is.'],
    [['restore'], '“birge restore” needs “file” as well. “birge help restore” shows what there is.'],
    [['migrate', 'now'], '“birge migrate” has no use for “now”. “birge help migrate” shows what there is.'],
    [['serve', 'migrate'], '“birge serve” has no use for “migrate”. “birge help serve” shows what there is.'],
    [['serve', '--port'], '“--port” needs a value behind it. “birge help serve” shows what there is.'],
    [['init', '--sample-size', '0'], '“0” is no value for “--sample-size”. “birge help init” shows what there is.'],
    [['init', '--sample-size', 'many'], '“many” is no value for “--sample-size”. “birge help init” shows what there is.'],
    [['audit'], '“birge audit” needs one of these behind it: head. “birge help audit” shows what there is.']
  ]
  for (const [words, told] of cases) {
    const done = run(data, words)
    assert.deepEqual([done.code, done.err, done.out], [2, `${told}\n`, ''], words.join(' '))
  }
  const russian = run(data, ['serve', '--prot', '1', '--speak', 'ru'])
  assert.match(russian.err, /^[^\n]*«--prot»[^\n]*«--port»[^\n]*\n$/)
  for (const stray of ['\x1b[31mfrob', 'fr\nob', 'x'.repeat(5000)]) assert.match(run(data, [stray]).err, /^[^\n\x1b]{20,300}\n$/)
})

test('a value that cannot be is refused before anything is done', () => {
  for (const [words, told] of [
    [['migrate', '--speak', 'xx'], '“xx” is no language of Birge. Choose ky, ru or en.'],
    [['migrate', '--log-level', 'loud', '--speak', 'en'], '--log-level: log_level must be one of trace, debug, info, warn, error and off, not “loud”.'],
    [['migrate', '--public-address', 'birge.example', '--speak', 'en'], '--public-address: public_address must be like https://birge.example, with nothing behind the name, not “birge.example”.'],
    [['migrate', '--trusted-proxies', 'nginx', '--speak', 'en'], '--trusted-proxies: trusted_proxies must be addresses such as 127.0.0.1 with commas between them, not “nginx”.'],
    [['migrate', '--default-language', 'xx', '--speak', 'en'], '--default-language: default_language must be one of ky, ru and en, not “xx”.'],
    [['migrate', '--smtp-address', 'mail.example', '--speak', 'en'], '--smtp-address: smtp_address must be like smtp://host:587 or smtps://host:465, not “mail.example”.'],
    [['migrate', '--secret-key', 'too short', '--speak', 'en'], '--secret-key: secret_key must have 32 characters or more.'],
    [['backup', '.', '--replace', '--speak', 'en'], '. is a folder. Name a file in it.'],
    [['backup', '/proc/x.birge', '--speak', 'en'], 'Nothing can be written beside /proc/x.birge.'],
    [['user', 'add', '--role', 'helper', '--speak', 'en'], '“helper” is no role. Choose one of: administrator, national_coordinator, regional_coordinator, focal_point, member, communications_officer, observer.'],
    [['report', 'sample', '--format', 'html', '--output', '.', '--speak', 'en'], '. is a folder. Name a file in it.'],
    [['export', 'template', '--output', 'no/such/x.xlsx', '--speak', 'en'], 'There is no folder no/such to write x.xlsx to.']
  ]) assert.deepEqual(run(data, words), { code: 1, err: `${told}\n`, out: '', bytes: Buffer.alloc(0) }, words.join(' '))
})

test('an archive that is not there leaves no database behind', () => {
  const empty = folder()
  assert.equal(run(empty, ['restore', 'nowhere.birge', '--speak', 'en']).err, 'There is no file nowhere.birge.\n')
  assert.deepEqual(readdirSync(empty), [])
})

test('help shows what a command takes, as --help behind it does', () => {
  for (const words of [[], ['serve'], ['import'], ['import', 'activities'], ['user', 'add'], ['help']]) {
    const [helped, asked] = [run(data, ['help', ...words]), run(data, [...words, '--help'])]
    assert.equal(helped.code, 0)
    assert.equal(helped.err, '')
    assert.equal(helped.out, asked.out)
  }
  for (const [name] of commands) assert.ok(run(data, ['help', ...name.split(' ')]).out.includes(`birge ${name} [OPTIONS]`), name)
})

test('an archive is restored with 0, a served site that is stopped ends with 0', async () => {
  const archive = join(folder(), 'whole.birge')
  assert.equal(asked('backup', archive).code, 0)
  assert.equal(run(folder(), ['restore', archive]).code, 0)
  const site = await serve(data)
  assert.equal(await site.stop(), 0)
})

test('a job that was given up is listed, makes doctor end with 3, and is tried again with 0', () => {
  const made = spawnSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("insert into job values (123456789, 'no_such_kind', '', 'dead', 0, 0, 5, 'a test', 0)")
db.commit()`, join(data, 'birge.db')])
  assert.equal(made.status, 0, made.stderr.toString())
  const [, job] = asked('jobs', 'list').out.match(/^([0-9a-z]+): no_such_kind, given up after attempt 5: a test$/m)
  assert.equal(asked('doctor').code, 3)
  const again = asked('jobs', 'retry', job)
  assert.equal(again.code, 0, again.err)
  assert.equal(again.out, `The job ${job} will be tried again.\n`)
  assert.equal(asked('doctor').code, 0)
})

test('what needs a person ends with 3', () => {
  const bad = join(data, 'bad.csv')
  writeFileSync(bad, 'Title,Kind,Date,Region,Lead organisation\nA lecture,Lecture,2026-02-31,Osh oblast,UNICEF\n')
  assert.equal(asked('import', 'activities', bad, '--edition', 'sample', '--dry-run').code, 3)
})

// What a command writes to a terminal, both of its outputs together; or to a pipe and a terminal each.
function shown (args, env = {}, to = 'terminal') {
  const done = spawnSync('python3', ['-c', `
import os, pty, sys
out = b''
pid, terminal = pty.fork()
if pid == 0:
    if sys.argv[1] != 'terminal':
        pipe = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(pipe, 1)
    os.execv(sys.argv[2], sys.argv[2:])
while True:
    try: piece = os.read(terminal, 4096)
    except OSError: break
    if not piece: break
    out += piece
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(out)
sys.exit(code)`, to, binary, ...args], { env: { PATH: process.env.PATH, HOME: '/tmp', BIRGE_NOW: now, DATA: data, TERM: 'xterm', ...env }, cwd: data, encoding: 'utf8' })
  return { code: done.status, out: done.stdout }
}

const escape = '\x1b'
const rows = () => {
  const file = join(data, 'rows.csv')
  writeFileSync(file, 'Title,Kind,Date,Region,Lead organisation\n' + Array.from({ length: 600 }, (_, i) => `Talk ${i},Lecture,2026-10-22,Osh oblast,UNICEF\n`).join(''))
  return file
}

test('on a terminal success is green, a problem red, a warning yellow, and long work moves', () => {
  assert.ok(shown(['migrate', '--speak', 'en']).out.includes(`${escape}[32mThe database is up to date.${escape}[0m`))
  const red = shown(['restore', 'nowhere.birge', '--speak', 'en'])
  assert.equal(red.code, 1)
  assert.ok(red.out.includes(`${escape}[31mThere is no file nowhere.birge.${escape}[0m`), red.out)
  const messy = join(data, 'messy.xlsx')
  copyFileSync(join(root, 'tests/data/plans-messy.xlsx'), messy)
  const yellow = shown(['import', 'activities', messy, '--edition', 'sample', '--partial', '--speak', 'en'])
  assert.match(yellow.out, /\x1b\[33mThe refused rows and their reasons are in [^\n]*messy\.refused\.xlsx\.\x1b\[0m/)
  const moving = shown(['import', 'activities', rows(), '--edition', 'sample', '--dry-run', '--speak', 'en'])
  assert.match(moving.out, /\rRows read 500\r/)
  assert.ok(moving.out.indexOf(`\r${escape}[K`) > moving.out.indexOf('Rows read 500'), 'the line is wiped when the work is done')
  assert.match(shown(['report', 'sample', '--format', 'pdf', '--region', 'talas', '--from', '2026-10-20', '--output', 'report.pdf', '--speak', 'en']).out, /\r[^\r]+ \[#*\.*\] \d+\/\d+/)
})

test('NO_COLOR takes the colour and leaves the words and the progress; set to nothing it says nothing', () => {
  for (const args of [['migrate'], ['restore', 'nowhere.birge'], ['doctor'], ['jobs', 'list'], ['user', 'list']]) {
    const plain = shown([...args, '--speak', 'en'], { NO_COLOR: '1' })
    assert.ok(plain.out.length > 5, args.join(' '))
    assert.ok(!plain.out.includes(escape), `${args.join(' ')}: ${JSON.stringify(plain.out)}`)
  }
  const moving = shown(['import', 'activities', rows(), '--edition', 'sample', '--dry-run', '--speak', 'en'], { NO_COLOR: '1' })
  assert.match(moving.out, /\rRows read 500\r/)
  assert.doesNotMatch(moving.out, /\x1b\[\d*m/)
  assert.ok(shown(['migrate'], { NO_COLOR: '' }).out.includes(`${escape}[32m`))
})

test('in a pipe no byte is for a terminal, and nothing tells how far the work is', () => {
  const messy = join(data, 'piped.xlsx')
  copyFileSync(join(root, 'tests/data/plans-messy.xlsx'), messy)
  const every = [['migrate'], ['doctor'], ['restore', 'nowhere.birge'], ['user', 'list'], ['jobs', 'list'], ['--help'], ['init', '--if-needed'],
    ['import', 'activities', messy, '--edition', 'sample', '--partial'], ['import', 'activities', rows(), '--edition', 'sample', '--dry-run'],
    ['report', 'sample', '--format', 'html', '--output', 'piped.html'], ['backup', 'piped.birge'], ['fly']]
  for (const args of every) {
    const done = run(data, args, { env: { TERM: 'xterm' } })
    assert.ok(args[0] === 'init' || (done.out + done.err).length > 5, args.join(' '))
    assert.doesNotMatch(done.out + done.err, /[\x1b\r\x08]/, args.join(' '))
    assert.doesNotMatch(done.out + done.err, /Rows read 500/)
  }
})

test('an answer that goes to a file stays plain while the terminal beside it has colours', () => {
  const file = join(data, 'said')
  const told = shown(['import', 'activities', rows(), '--edition', 'sample', '--dry-run', '--speak', 'en'], {}, file)
  assert.match(told.out, /Rows read 500/)
  const said = spawnSync('cat', [file]).stdout.toString()
  assert.match(said, /600 rows read/)
  assert.ok(!said.includes(escape) && !said.includes('\r'))
})
