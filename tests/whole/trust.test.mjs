// The audit log and the outbox of the built program: what somebody does to the database past Birge is found, and letters arrive readable.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { binary, folder, now, run, serve } from './birge.mjs'

let data

// Python has SQLite in its library; what it prints.
function python (script, ...args) {
  const done = spawnSync('python3', ['-c', script, ...args], { maxBuffer: 16 << 20 })
  assert.equal(done.status, 0, done.stderr.toString())
  return done.stdout.toString().trim()
}

const change = sql => python('import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\ndb.execute(sys.argv[2])\ndb.commit()', join(data, 'birge.db'), sql)

// A relay on a free port that takes every letter.
function relay () {
  const letters = []
  const server = createServer(socket => {
    let rest = ''
    let letter = null
    socket.setEncoding('utf8')
    socket.write('220 relay\r\n')
    socket.on('error', () => {})
    socket.on('data', text => {
      rest += text
      for (let end; (end = rest.indexOf('\r\n')) >= 0;) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (letter !== null) {
          if (line === '.') { letters.push(letter); letter = null; socket.write('250 taken\r\n') } else letter += line.replace(/^\./, '') + '\r\n'
        } else if (line === 'DATA') { letter = ''; socket.write('354 go on\r\n') } else if (line === 'QUIT') { socket.end('221 bye\r\n') } else socket.write('250 fine\r\n')
      }
    })
  })
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve({ letters, address: `smtp://127.0.0.1:${server.address().port}`, close: () => server.close() })))
}

// Runs a command while this process goes on answering as the relay; its exit code.
function start (args, moment = now) {
  const child = spawn(binary, args, { env: { PATH: process.env.PATH, BIRGE_NOW: moment, DATA: data }, cwd: data })
  return new Promise(resolve => child.on('exit', resolve))
}

// As Python's e-mail library reads a letter.
const read = letter => JSON.parse(python(`
import email, email.policy, json, sys
letter = email.message_from_bytes(sys.argv[1].encode(), policy=email.policy.default)
print(json.dumps({'subject': str(letter['subject']), 'from': str(letter['from']), 'to': str(letter['to']), 'text': letter.get_content(), 'defects': len(letter.defects)}))`, letter))

before(() => {
  data = folder()
  assert.equal(run(data, ['init']).code, 0)
  for (const how of ['called it', 'called it again']) assert.equal(run(data, ['verify', '1899', '--by', 'Secret Office', '--how', how]).code, 0)
})

test('the head of the audit log is printed and public, and shows nothing of its content', () => {
  const printed = run(data, ['audit', 'head']).out.trim()
  assert.match(printed, /^3:[0-9a-f]{64} 2026-10-20T06:00:0\dZ$/)
  const fetched = run(data, ['request', '/audit/head', '--head']).out
  assert.ok(fetched.includes(printed), fetched)
  assert.match(fetched, /no-store/)
})

test('what somebody typed is not in the log', () => {
  const log = python('import sqlite3, sys\nprint(list(sqlite3.connect(sys.argv[1]).execute("select action, object, changes from audit")))', join(data, 'birge.db'))
  assert.match(log, /help_number/)
  assert.doesNotMatch(log, /Secret|called/)
})

test('the doctor finds what was changed past Birge, and a cut when somebody kept the head', () => {
  const kept = run(data, ['audit', 'head']).out.split(' ')[0]
  assert.equal(run(data, ['doctor']).code, 0)
  assert.equal(run(data, ['doctor', '--audit-head', kept]).code, 0)
  assert.equal(run(data, ['doctor', '--audit-head', 'nonsense']).code, 1)
  change("update audit set action = 'other' where sequence = 2")
  const edited = run(data, ['doctor'])
  assert.equal(edited.code, 3)
  assert.match(edited.err, /Entry 2 of the audit log/)
  change("update audit set action = 'checked' where sequence = 2")
  assert.equal(run(data, ['doctor']).code, 0)
  change('delete from audit where sequence = 3')
  assert.equal(run(data, ['doctor']).code, 3)
  change('update audit_head set sequence = 2, hash = (select hash from audit where sequence = 2)')
  assert.equal(run(data, ['doctor']).code, 0, 'a cut with its head shows only to who kept one')
  const cut = run(data, ['doctor', '--audit-head', kept])
  assert.equal(cut.code, 3)
  assert.match(cut.err, /the end was cut off/)
})

test('a letter in Kyrgyz arrives as it was written', async () => {
  const post = await relay()
  assert.equal(await start(['jobs', 'test-mail', 'aibek@example.kg', '--speak', 'ky', '--smtp-address', post.address, '--mail-from', 'Бирге <birge@example.org>']), 0)
  post.close()
  const letter = read(post.letters[0])
  assert.equal(letter.from, 'Бирге <birge@example.org>')
  assert.equal(letter.to, 'aibek@example.kg')
  assert.equal(letter.defects, 0)
  assert.ok(letter.subject.length > 5 && letter.text.length > 20)
})

test('a server that runs sends what waits in the outbox, without a word of it in the log', async () => {
  const post = await relay()
  const birge = await serve(data, { BIRGE_SMTP_ADDRESS: post.address, BIRGE_MAIL_FROM: 'birge@example.org' })
  const due = Date.parse(now)
  change(`insert into job values (5, 'mail', '', 'waiting', ${due}, 0, 0, '', ${due})`)
  change(`insert into mail values (5, 'aibek@example.kg', 'Жыйынтыктар күтүлөт', 'Салам!\n\nСөз = сан.', 'X-Test: 1', ${due + 1e9})`)
  for (let i = 0; i < 100 && post.letters.length === 0; ++i) await new Promise(resolve => setTimeout(resolve, 100))
  const log = birge.log()
  assert.equal(await birge.stop(), 0)
  post.close()
  const letter = read(post.letters[0])
  assert.equal(letter.subject, 'Жыйынтыктар күтүлөт')
  assert.equal(letter.text.replaceAll('\r\n', '\n').trim(), 'Салам!\n\nСөз = сан.')
  assert.doesNotMatch(log, /aibek|Салам|Жыйынтык/)
  assert.match(run(data, ['jobs', 'list']).out, /^0 jobs wait/)
})

test('the head of the audit log is mailed once a night to those who keep it', async () => {
  const post = await relay()
  const settings = ['--audit-head-to', 'a@example.kg, b@example.kg', '--smtp-address', post.address]
  assert.equal(await start(['jobs', 'run', ...settings]), 0)
  assert.equal(post.letters.length, 0, 'not before the first night')
  assert.equal(await start(['jobs', 'run', ...settings], '2026-10-21T00:00:01Z'), 0)
  assert.equal(await start(['jobs', 'run', ...settings], '2026-10-21T08:00:00Z'), 0)
  post.close()
  assert.deepEqual(post.letters.map(letter => read(letter).to).sort(), ['a@example.kg', 'b@example.kg'])
  assert.ok(read(post.letters[0]).text.includes(run(data, ['audit', 'head']).out.trim()))
})
