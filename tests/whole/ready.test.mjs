// What a load balancer and a monitor ask: whether the server can answer, and how much it does.
import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import { before, test } from 'node:test'
import { folder, run, sample, serve } from './birge.mjs'
import { startServer } from './postgres.mjs'

let data
before(() => { data = sample() })
const status = async address => (await fetch(address)).status
const pause = time => new Promise(resolve => setTimeout(resolve, time))

async function until (wanted, address) {
  let last
  for (let i = 0; i < 100; ++i, await pause(100)) if ((last = await status(address)) === wanted) return
  assert.fail(`${address} answers ${last} and never ${wanted}`)
}

function freePort () {
  return new Promise(resolve => {
    const taken = createServer().listen(0, '127.0.0.1', () => { const { port } = taken.address(); taken.close(() => resolve(port)) })
  })
}

// A way to the database that can be cut and mended, as a network can.
class Way {
  constructor (socket) { this.socket = socket; this.open = new Set() }

  async mend () {
    this.server = createServer(near => {
      const far = connect(this.socket)
      for (const [one, other] of [[near, far], [far, near]]) {
        this.open.add(one)
        one.on('error', () => {})
        one.on('close', () => { this.open.delete(one); other.destroy() })
        one.pipe(other)
      }
    })
    await new Promise(resolve => this.server.listen(this.port ?? 0, '127.0.0.1', resolve))
    this.port = this.server.address().port
  }

  async cut () {
    const closed = new Promise(resolve => this.server.close(resolve))
    for (const each of this.open) each.destroy()
    await closed
  }
}

test('a server whose database cannot be reached lives and is not ready, and is ready again when it can', async () => {
  const postgres = await startServer(['birge'])
  const way = new Way(postgres.socket)
  let site
  try {
    await way.mend()
    const place = sample(folder(), { DATABASE: postgres.address('birge') })
    site = await serve(place, { DATABASE: `postgres://postgres@127.0.0.1:${way.port}/birge` })
    await until(200, site.address + '/readyz')
    await way.cut()
    const answer = await fetch(site.address + '/readyz')
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.doesNotMatch(await answer.text(), /127\.0\.0\.1|postgres/, 'the reason is for the log alone')
    assert.equal(await status(site.address + '/healthz'), 200)
    assert.equal(await status(site.address + '/ky/activities'), 503)
    assert.match(site.log(), /not ready/)
    await way.mend()
    await until(200, site.address + '/readyz')
    assert.equal(await status(site.address + '/ky/activities'), 200)
    assert.equal(await site.stop(), 0)
    site = undefined
  } finally {
    await site?.stop()
    await way.cut()
    await postgres.stop()
  }
})

test('a server that is stopping is not ready any more, and finishes what was begun', async () => {
  const site = await serve(data)
  assert.equal(await status(site.address + '/readyz'), 200)
  // Begun before the stop and asked to the end after it.
  const begun = ['/readyz', '/healthz', '/ky/activities'].map(path => {
    const socket = connect(new URL(site.address).port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n`))
    const answer = new Promise(resolve => { let text = ''; socket.on('data', piece => { text += piece }).on('close', () => resolve(text)).on('error', () => {}) })
    return { path, socket, answer }
  })
  await pause(300)
  const stopped = site.stop()
  for (let i = 0; ; ++i) {
    assert.ok(i < 200, 'the port stays open')
    const closed = await new Promise(resolve => { const late = connect(new URL(site.address).port, '127.0.0.1', () => { late.destroy(); resolve(false) }).on('error', () => resolve(true)) })
    if (closed) break
    await pause(20)
  }
  for (const { path, socket, answer } of begun) {
    socket.write('\r\n')
    assert.match(await answer, path === '/readyz' ? /^HTTP\/1\.1 503 / : /^HTTP\/1\.1 200 /, path)
  }
  assert.equal(await stopped, 0)
})

test('metrics stand on a port of their own, on the loopback interface, and nowhere else', async () => {
  const port = await freePort()
  const site = await serve(data, { BIRGE_METRICS_PORT: String(port), BIRGE_ADDRESS: '0.0.0.0' })
  try {
    const open = site.address.replace('0.0.0.0', '127.0.0.1')
    for (const path of ['/ky/activities', '/nowhere', '/metrics']) await fetch(open + path)
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/)
    const text = await answer.text()
    assert.match(text, /^birge_http_requests_total\{method="GET",status="2xx"\} 1$/m)
    assert.match(text, /^birge_http_requests_total\{method="GET",status="4xx"\} 2$/m)
    assert.equal(await status(open + '/metrics'), 404)
    assert.doesNotMatch(await (await fetch(open + '/metrics')).text(), /birge_http/)
    for (const path of ['/', '/ky/activities', '/readyz', '/api/v1/editions']) assert.equal(await status(`http://127.0.0.1:${port}${path}`), 404, path)
    // Another address of this machine: the site listens there, as it was told to; the metrics do not.
    assert.equal(await status(open.replace('127.0.0.1', '127.0.0.2') + '/healthz'), 200)
    await assert.rejects(fetch(`http://127.0.0.2:${port}/metrics`))
  } finally { assert.equal(await site.stop(), 0) }
})

test('without the setting nobody counts aloud, and a port that is taken is told in one sentence', async () => {
  const site = await serve(data)
  try {
    assert.equal(await status(site.address + '/metrics'), 404)
    const done = run(folder(), ['serve', '--port', '0', '--metrics-port', new URL(site.address).port, '--speak', 'en'])
    assert.equal(done.code, 1)
    assert.match(done.err.split('\n').filter(line => !/^\d{4}-/.test(line)).join('\n'), new RegExp(`^[^\\n]*${new URL(site.address).port}[^\\n]*\\.\\n$`))
  } finally { await site.stop() }
})
