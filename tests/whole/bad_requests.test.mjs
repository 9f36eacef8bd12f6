// Requests that no browser would send: each gets a clear answer or is cut off in time, and the server stays up and small.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { sample, serve } from './birge.mjs'

let site
// Started first, since they take a minute to be cut off; looked at in the last tests.
let slow
before(async () => {
  site = await serve(sample())
  slow = {
    bodies: Array.from({ length: 20 }, (_, i) => trickle(`POST /ky/activities HTTP/1.1\r\nHost: a\r\n${i % 2 ? 'Content-Length: 100000' : 'Transfer-Encoding: chunked'}\r\n\r\n`, i % 2 ? 'x' : '1\r\nx\r\n')),
    headers: Array.from({ length: 20 }, () => trickle('GET /ky/ HTTP/1.1\r\nHost: a\r\n', 'X-More: y\r\n'))
  }
})
after(async () => { await site.stop() })

// Sends raw bytes and gives back what comes until the other side closes, or until `wait` milliseconds are over.
function raw (bytes, { wait = 4000 } = {}) {
  return new Promise(resolve => {
    const { hostname, port } = new URL(site.address)
    const socket = connect(Number(port), hostname)
    let answer = ''
    const timer = setTimeout(() => socket.destroy(), wait)
    socket.on('data', data => { answer += data.toString('latin1') })
    socket.on('error', () => {})
    socket.on('close', () => { clearTimeout(timer); resolve(answer) })
    socket.write(bytes)
  })
}

// Sends a beginning and then a little every half second; gives back the answer and after how many seconds the other side closed.
function trickle (beginning, piece) {
  return new Promise(resolve => {
    const { hostname, port } = new URL(site.address)
    const socket = connect(Number(port), hostname)
    const began = Date.now()
    let answer = ''
    socket.write(beginning)
    const more = setInterval(() => socket.write(piece), 500)
    const never = setTimeout(() => socket.destroy(), 90_000)
    socket.on('data', data => { answer += data.toString('latin1') })
    socket.on('error', () => {})
    socket.on('close', () => { clearInterval(more); clearTimeout(never); resolve({ answer, seconds: (Date.now() - began) / 1000 }) })
  })
}

async function stillUp () {
  const answer = await fetch(site.address + '/healthz')
  assert.equal(answer.status, 200)
}

test('headers larger than the limit are refused', async () => {
  const answer = await raw(`GET /ky/ HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(200_000)}\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 431/)
  await stillUp()
})

test('a thousand headers, an address without end and a header without end are refused, from many at once', async () => {
  const many = Array.from({ length: 1000 }, (_, i) => `X-${i}: ${'v'.repeat(20)}\r\n`).join('')
  const kinds = [
    [`GET /ky/ HTTP/1.1\r\nHost: a\r\n${many}\r\n`, 431],
    [`GET /ky/activities?q=${'a'.repeat(12_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
    [`GET /${'a'.repeat(3_000_000)}`, 414],
    [`GET /ky/ HTTP/1.1\r\nHost: a\r\nCookie: ${'c'.repeat(3_000_000)}`, 431],
    [`GET /ky/ HTTP/1.1\r\nHost: a\r\n${'X'.repeat(3_000_000)}`, 431]
  ]
  const told = new Set()
  await Promise.all(Array.from({ length: 60 }, async (_, i) => {
    const [bytes, status] = kinds[i % kinds.length]
    const answer = await raw(bytes)
    // Who goes on sending megabytes after the answer may find the connection closed before they read it.
    if (answer === '' && bytes.length > 1_000_000) return
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), bytes.slice(0, 60))
    told.add(i % kinds.length)
  }))
  assert.equal(told.size, kinds.length, 'each kind is told why')
  await stillUp()
})

test('bad percent-encoding is a bad request, not a crash', async () => {
  const bad = ['%', '%4', '%zz', '%u0041', '%ff%fe', '%C0%AF', '%ED%A0%80', '%F4%90%80%80', '%00', '%e2%80']
  for (const path of [...bad.flatMap(text => [`/ky/${text}`, `/ru/activities?q=${text}`, `/en/activities/${text}`, `/feeds/${text}`, `/api/v1/activities?after=${text}`]), '/%2e%2e/%2e%2e/etc/passwd', '/static/..%2f..%2fetc%2fpasswd']) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    assert.match(answer.slice(0, 12), /^HTTP\/1\.1 4\d\d$/, path)
    assert.ok(!answer.includes('root:'), path)
  }
  await stillUp()
})

test('a line break in the address begins no header of the answer', async () => {
  for (const path of ['/ky/%0d%0aSet-Cookie:%20a=b', '/ru/activities?q=%0d%0aSet-Cookie:%20a=b', '/ky%0d%0aSet-Cookie:%20a=b', '/ru/activities/?q=%0d%0aSet-Cookie:%20a=b']) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    assert.match(answer.slice(0, 12), /^HTTP\/1\.1 [2-4]\d\d$/, path)
    assert.ok(!/^set-cookie/im.test(answer.split('\r\n\r\n')[0]), path)
  }
})

test('bytes that are no HTTP are refused', async () => {
  const answer = await raw(Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10]))
  assert.match(answer, /^HTTP\/1\.1 400/)
  await stillUp()
})

test('a body that is announced too large is refused unread', async () => {
  const answer = await raw('POST /ky/activities HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\nx')
  assert.match(answer, /^HTTP\/1\.1 413/)
  await stillUp()
})

test('large bodies from many at once are told to come back before they fill the memory', async () => {
  const half = Buffer.concat([Buffer.from('POST /ky/activities HTTP/1.1\r\nHost: a\r\nContent-Length: 30000000\r\n\r\n'), Buffer.alloc(29_000_000, 'x')])
  const answers = await Promise.all(Array.from({ length: 12 }, () => raw(half, { wait: 3000 })))
  assert.ok(answers.some(answer => answer.startsWith('HTTP/1.1 503 ')))
  for (const answer of answers) assert.match(answer, /^(HTTP\/1\.1 503 |$)/) // the others are still waited for
  await stillUp()
})

test('methods that a page does not have are told which it has', async () => {
  const answer = await fetch(site.address + '/ky/activities', { method: 'DELETE' })
  assert.equal(answer.status, 405)
  assert.match(answer.headers.get('allow'), /GET/)
})

test('hostile values in the address are shown as text, in every language', async () => {
  const hostile = '"><script>alert(1)</script>\u202Eabc'
  for (const language of ['ky', 'ru', 'en']) {
    for (const name of ['q', 'kind', 'place', 'topic', 'organisation', 'week', 'from', 'status', 'after', 'edition']) {
      const answer = await fetch(`${site.address}/${language}/activities?${name}=${encodeURIComponent(hostile)}`)
      const text = await answer.text()
      assert.ok([200, 400, 404, 422].includes(answer.status), `${name}: ${answer.status}`)
      assert.ok(!text.includes('<script>alert'), name)
      assert.ok(!text.includes('\u202E'), `${name}: a right-to-left override came through`)
    }
  }
})

test('half a thousand connections that say nothing do not keep others out', async () => {
  const { hostname, port } = new URL(site.address)
  const sockets = Array.from({ length: 500 }, () => connect(Number(port), hostname).on('error', () => {}))
  try {
    await new Promise(resolve => setTimeout(resolve, 300))
    await stillUp()
  } finally { for (const socket of sockets) socket.destroy() }
})

test('bodies and headers that never come to their end are cut off with an answer', async () => {
  for (const { answer, seconds } of await Promise.all(slow.headers)) {
    assert.match(answer, /^HTTP\/1\.1 408 /)
    assert.ok(seconds < 20, `${seconds} s`)
  }
  for (const { answer, seconds } of await Promise.all(slow.bodies)) {
    assert.match(answer, /^HTTP\/1\.1 408 /)
    assert.ok(seconds < 75, `${seconds} s`)
  }
  await stillUp()
})

test('memory stays under 256 MB after all of it', () => {
  const status = readFileSync(`/proc/${site.pid}/status`, 'utf8')
  const peak = Number(status.match(/VmHWM:\s+(\d+) kB/)[1])
  assert.ok(peak < 256 * 1024, `${peak} kB`)
})
