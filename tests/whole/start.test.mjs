import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { folder, run, sample, serve } from './birge.mjs'

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
    for (const page of ['/', '/activities', '/figures', '/regions', '/organisations', '/editions', '/sources', '/method', '/open-data']) {
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
