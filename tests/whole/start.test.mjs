import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, measured, root, run, sample, serve } from './birge.mjs'

let site
before(async () => { site = await serve(sample()) })
after(async () => { await site.stop() })

test('the address alone leads to the reader\'s language', async () => {
  for (const [asked, path] of [['ru-RU,ru;q=0.9', '/ru/'], ['en', '/en/'], ['de', '/ky/'], ['', '/ky/']]) {
    const answer = await fetch(site.address + '/', { redirect: 'manual', headers: { 'accept-language': asked } })
    assert.equal(answer.status, 307)
    assert.equal(answer.headers.get('location'), path)
  }
})

test('every page of the main menu answers in each language, sets no cookie and names its language', async () => {
  for (const language of ['ky', 'ru', 'en']) {
    for (const page of ['/', '/activities', '/figures', '/regions', '/organisations', '/editions', '/guide', '/sources', '/method', '/open-data']) {
      const answer = await fetch(`${site.address}/${language}${page}`)
      const text = await answer.text()
      assert.equal(answer.status, 200, `${language}${page}`)
      assert.equal(answer.headers.get('set-cookie'), null)
      assert.match(text, new RegExp(`<html lang="${language}">`))
      assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/)
      assert.doesNotMatch(text, /(src|href)="https?:\/\/(?!127\.0\.0\.1)[^"]*\.(js|css|png|woff2?)"/)
    }
  }
})

test('an unknown address says so in the language of the path', async () => {
  const answer = await fetch(site.address + '/ru/nothing-here')
  assert.equal(answer.status, 404)
  assert.match(await answer.text(), /<html lang="ru">/)
})

test('a page that did not change is not sent twice', async () => {
  const first = await fetch(site.address + '/ky/activities')
  const tag = first.headers.get('etag')
  assert.ok(tag)
  await first.text()
  const second = await fetch(site.address + '/ky/activities', { headers: { 'if-none-match': tag } })
  assert.equal(second.status, 304)
})

test('a taken port is one clear sentence and exit code 1', () => new Promise((resolve, reject) => {
  const taken = createServer().listen(0, '127.0.0.1', () => {
    try {
      const done = run(folder(), ['serve', '--port', String(taken.address().port)])
      assert.equal(done.code, 1)
      assert.equal(done.err.trim().split('\n').length, 1)
      assert.match(done.err, new RegExp(String(taken.address().port)))
      resolve()
    } catch (error) { reject(error) } finally { taken.close() }
  })
}))

test('a folder that cannot be made is one clear sentence and exit code 1', () => {
  const data = folder()
  const done = run(data, ['init'], { env: { DATA: '/proc/nothing/here' } })
  assert.equal(done.code, 1)
  assert.equal(done.err.trim().split('\n').length, 1)
})

test('a second init keeps what is there', () => {
  const data = sample()
  const again = run(data, ['init', '--sample', '--if-needed'])
  assert.equal(again.code, 0)
  assert.equal(again.err, '')
})

const editions = data => JSON.parse(run(data, ['request', '/api/v1/editions']).out).items
function sql (data, statement) {
  const done = spawnSync('python3', ['-c', 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute(sys.argv[2]).fetchall()); c.commit()', join(data, 'birge.db'), statement])
  assert.equal(done.status, 0, done.stderr.toString())
  return done.stdout.toString().trim()
}

test('without --sample nothing is invented', () => {
  const data = folder()
  assert.equal(run(data, ['init']).code, 0)
  assert.ok(editions(data).length > 0)
  assert.deepEqual(editions(data).filter(edition => edition.sample), [])
  assert.deepEqual(JSON.parse(run(data, ['request', '/api/v1/organisations?limit=500']).out).items.filter(each => each.sample), [])
})

test('a first start that broke off half way is made good by the next', () => {
  const plain = folder()
  assert.equal(run(plain, ['init']).code, 0)
  const largest = Math.max(...readdirSync(plain).map(name => statSync(join(plain, name)).size))
  const data = folder()
  // There is room for the country pack, and not for the sample as well.
  const broken = measured(data, ['init', '--sample'], { told: plain, fileBytes: Math.round(largest * 1.2) })
  assert.equal(broken.code, 1, broken.out + broken.err)
  assert.equal(run(data, ['init', '--sample', '--if-needed']).code, 0)
  assert.equal(editions(data).filter(edition => edition.sample).length, 1)
  assert.equal(run(data, ['doctor']).code, 0)
})

test('init brings what a newer country pack has into a database that is in use, and nothing twice', () => {
  const older = join(folder(), 'kg')
  cpSync(join(root, 'countries/kg'), older, { recursive: true })
  const days = readFileSync(join(older, 'national_days.csv'), 'utf8').trimEnd().split('\n')
  writeFileSync(join(older, 'national_days.csv'), days.slice(0, 5).join('\n') + '\n')
  const data = folder()
  assert.equal(run(data, ['init', '--pack', older]).code, 0)
  const count = table => sql(data, `select count(*) from ${table}`)
  const before = ['activity', 'organisation', 'place', 'edition'].map(count)
  const fewer = count('national_day')
  assert.equal(run(data, ['init']).code, 0)
  assert.ok(Number(count('national_day').match(/\d+/)) > Number(fewer.match(/\d+/)))
  assert.deepEqual(['activity', 'organisation', 'place', 'edition'].map(count), before)
})

test('migrate says that nothing is to be done, and refuses a database of a newer program with one sentence and exit code 1', () => {
  const data = folder()
  assert.equal(run(data, ['init']).code, 0)
  const done = run(data, ['migrate'])
  assert.deepEqual([done.code, done.out.trim().split('\n').length, done.err], [0, 1, ''])
  sql(data, "insert into migration (number, name, checksum, applied) values (999, 'later', 'x', 0)")
  for (const command of [['migrate'], ['serve', '--port', '0'], ['doctor'], ['backup', 'x.birge'], ['init'], ['request', '/ky/']]) {
    const refused = run(data, command)
    assert.equal(refused.code, 1, command + refused.out + refused.err)
    assert.equal(refused.err.trim().split('\n').length, 1, refused.err)
    assert.match(refused.err, /999/)
  }
})

test('a wrong flag is exit code 2, and every command has help', () => {
  const data = folder()
  assert.equal(run(data, ['serve', '--no-such-flag']).code, 2)
  const commands = run(data, ['--help']).out.match(/^ {2}([a-z]+) /gm).map(line => line.trim())
  assert.ok(commands.includes('serve') && commands.includes('import') && commands.includes('report'))
  for (const command of commands) {
    const help = run(data, [command, '--help'])
    assert.equal(help.code, 0)
    assert.ok(help.out.length > 100, command)
  }
})

test('sums agree with the activities after the sample was loaded', () => {
  assert.equal(run(sample(), ['doctor']).code, 0)
})
