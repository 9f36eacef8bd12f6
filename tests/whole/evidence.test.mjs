// Evidence from a village to the public page and back: real files are sent as a browser without JavaScript sends them, and what is served is looked
// at byte by byte.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { folder, root, run, sample, serve } from './birge.mjs'
import { formsOf, person } from './people.mjs'

const { chromium } = createRequire(join(root, 'tests', 'package.json'))('playwright-core')

let site, data, organisation, focal, first, second, observer, page
before(async () => {
  data = sample()
  site = await serve(data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
  focal = await person(site, data, { name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation })
  first = await person(site, data, { name: 'Данияр', login: 'first@example.org', role: 'regional_coordinator', region: 'naryn' })
  second = await person(site, data, { language: 'ru', name: 'Жамиля', login: 'second@example.org', role: 'regional_coordinator', region: 'naryn' })
  observer = await person(site, data, { language: 'en', name: 'Olivia', login: 'observer@example.org', role: 'observer' })
  await focal.open('/ky/work/activities/new?kind=lecture')
  await focal.send('/work/activities', { title: 'Сүрөттөрү бар дарс', day: '2026-10-20', start: '14:00', place: 'Нарын', place_choice: 'naryn', audience: ['pupils'], expected: '40', go: 'propose' })
  if (focal.status === 422) await focal.send('/work/activities', { place_choice: 'naryn', go: 'propose' })
  page = focal.at.replace(/\/propose$/, '').replace(/^\/ky/, '')
  await focal.send('/propose')
  await first.open(`/ky${page}`)
  await first.send('/approve')
  assert.equal(first.status, 200)
})
after(async () => { await site?.stop() })

// Debian's Node has no crc32, but a gzip file ends with that of what is in it.
const crc32 = bytes => {
  const packed = gzipSync(bytes)
  return packed.readUInt32LE(packed.length - 8)
}

const chunk = (type, body) => {
  const named = Buffer.concat([Buffer.from(type), body])
  const out = Buffer.alloc(named.length + 8)
  out.writeUInt32BE(body.length, 0)
  named.copy(out, 4)
  out.writeUInt32BE(crc32(named), named.length + 4)
  return out
}
// A PNG with one colour, or a wide range of them when it is to be a photograph.
function png (width, height, bits = 8, level = 1) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = bits
  const line = Math.ceil(width * bits / 8) + 1
  const lines = Buffer.alloc(line * height)
  if (bits === 8) for (let y = 0; y < height; ++y) for (let x = 1; x < line; ++x) lines[y * line + x] = (x * y >> 6) & 255
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(lines, { level })), chunk('IEND', Buffer.alloc(0))])
}
// A photograph as a telephone makes it: on its side, with maker, comment and the place where it was taken.
function photograph () {
  const place = folder()
  writeFileSync(join(place, 'plain.png'), png(1600, 1200))
  const made = spawnSync('vips', ['copy', join(place, 'plain.png'), join(place, 'plain.jpg')])
  assert.equal(made.status, 0, String(made.stderr))
  const jpeg = readFileSync(join(place, 'plain.jpg'))
  const word = (...list) => Buffer.from(Uint16Array.from(list).buffer)
  const long = (...list) => Buffer.from(Uint32Array.from(list).buffer)
  const make = Buffer.from('SecretCam\0')
  const place0 = 8 + 2 + 3 * 12 + 4
  const gps = place0 + make.length
  const tiff = Buffer.concat([Buffer.from('II*\0'), long(8), word(3), word(0x10f, 2), long(make.length, place0), word(0x112, 3), long(1, 6), word(0x8825, 4), long(1, gps), long(0), make,
    word(2), word(1, 2), long(2), Buffer.from('N\0\0\0'), word(2, 5), long(3, gps + 30), long(0), long(41, 1, 25, 1, 30, 1)])
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const segment = (marker, body) => { const head = Buffer.from([0xff, marker, 0, 0]); head.writeUInt16BE(body.length + 2, 2); return Buffer.concat([head, body]) }
  const whole = Buffer.concat([jpeg.subarray(0, 2), segment(0xe1, exif), segment(0xfe, Buffer.from('SecretComment')), jpeg.subarray(2)])
  writeFileSync(join(place, 'gps.jpg'), whole)
  const told = spawnSync('vipsheader', ['-a', join(place, 'gps.jpg')]).stdout.toString()
  assert.match(told, /GPSLatitude/, 'what is sent holds the place')
  return whole
}
function clean (bytes) {
  const text = bytes.toString('latin1')
  for (const secret of ['Exif', 'SecretCam', 'SecretComment', 'GPS', 'ICC_PROFILE', 'photoshop']) assert.ok(!text.includes(secret), secret)
}

async function upload (visitor, language, kind, bytes, values = {}, name = '../../etc/Айгүл 0555 123456.jpg') {
  await visitor.open(`/${language}${page}/evidence?kind=${kind}`)
  const form = formsOf(visitor.html).find(each => each.action.endsWith('/evidence'))
  assert.ok(form, visitor.text().slice(0, 400))
  const body = new FormData()
  for (const [field, value] of form.fields) if (field !== 'file' && !(field in values)) body.append(field, value)
  for (const [field, value] of Object.entries(values)) for (const each of [value].flat()) body.append(field, each)
  body.append('file', new Blob([bytes]), name)
  return visitor.ask(form.action, { method: 'POST', body })
}
const raw = async (visitor, path) => {
  const reply = await fetch(site.address + path, { redirect: 'manual', headers: visitor ? { cookie: visitor.cookie } : {} })
  return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) }
}
const public_page = async () => (await (await fetch(`${site.address}/ky${page.replace('/work', '')}`)).text())

test('what is no picture is refused in one sentence of the person\'s language, and the server stays up', async () => {
  const bomb = png(30000, 30000, 1)
  assert.ok(bomb.length < 600_000)
  const wrong = [
    [Buffer.alloc(0), /Бул файл бош/], [Buffer.from('<!doctype html><script>alert(1)</script>'), /окула турган сүрөт эмес/],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), /окула турган сүрөт эмес/], [bomb, /пиксель өтө көп/],
    [photograph().subarray(0, 40_000), /бузулган же толук эмес/], [png(200, 200).subarray(0, 120), /бузулган же толук эмес/]
  ]
  for (const [bytes, sentence] of wrong) {
    await upload(focal, 'ky', 'picture', bytes, { caption: 'Дарс учуру' })
    assert.equal(focal.status, 422, String(sentence))
    assert.match(focal.text(), sentence)
    assert.ok(focal.html.includes('value="Дарс учуру"'), 'what was typed stays')
  }
  assert.ok(Number(readFileSync(`/proc/${site.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]) < 400_000, 'the server itself decodes nothing')
  assert.equal((await fetch(`${site.address}/healthz`)).status, 200)
  await upload(second, 'ru', 'picture', Buffer.from('GIF89a'))
  assert.match(second.text(), /Это не снимок/)
})

test('a photograph loses place and camera, and is public only with consent, confirmation and somebody who let it through', async () => {
  const original = photograph()
  await upload(focal, 'ky', 'picture', original, { caption: 'Окуучулар менен дарс', on: 'both', agreed: ['people', 'guardians'], publish: 'yes' })
  assert.equal(focal.status, 200, focal.text().slice(0, 400))
  assert.ok(!focal.html.includes('0555'), 'nothing is kept of the name of the file')
  const item = focal.html.match(new RegExp(`href="(/ky${page}/evidence/[0-9a-z]+)"`))[1]
  for (const part of ['file', 'preview']) {
    const got = await raw(focal, `${item}/${part}`)
    assert.equal(got.status, 200)
    assert.equal(got.headers.get('content-type'), 'image/jpeg')
    assert.match(got.headers.get('content-security-policy'), /default-src 'none'/)
    assert.match(got.headers.get('cache-control'), /no-store/)
    clean(got.bytes)
    assert.ok(!original.equals(got.bytes))
    assert.equal((await raw(null, `${item}/${part}`)).status, 303, 'nobody else gets it')
  }
  const stored = readdirSync(join(data, 'files'), { recursive: true, withFileTypes: true }).filter(each => each.isFile() && each.name.length === 64)
  assert.equal(stored.length, 2)
  for (const each of stored) {
    clean(readFileSync(join(each.parentPath ?? each.path, each.name)))
    assert.equal((await raw(null, `/pictures/${each.name}.jpg`)).status, 404, 'not public yet')
  }

  await focal.open(`/ky${page}/report`)
  await focal.send('/report', { 'n-female-14_17': '20', 'n-male-14_17': '21', method: 'sign_in_sheet' })
  assert.equal(focal.status, 200)
  assert.match(focal.text(), /Катталуу барагы көрүлдү, уюмда сакталат/)
  await second.open('/ru/work/confirm')
  assert.match(second.text(), /1 снимок, регистрационный лист хранится в организации/)
  await second.open(item.replace('/ky/', '/ru/'))
  await second.send(item.replace('/ky/', '/'), { do: 'release' })
  assert.ok(!(await public_page()).includes('/pictures/'), 'not before the confirmation')
  await second.open(`/ru${page}`)
  await second.send('/confirm')
  const shown = await public_page()
  const image = shown.match(/<img src="(\/pictures\/[0-9a-f]{64}\.jpg)" width="(\d+)" height="(\d+)" alt="Окуучулар менен дарс" loading="lazy"/)
  assert.ok(image, 'now everybody sees it')
  assert.equal(Number(image[2]) < Number(image[3]), true, 'upright')
  const got = await raw(null, image[1])
  assert.equal(got.status, 200)
  assert.match(got.headers.get('cache-control'), /immutable/)
  assert.ok(got.bytes.length < 60_000)
  clean(got.bytes)
  const again = await fetch(site.address + image[1], { headers: { 'if-none-match': got.headers.get('etag') } })
  assert.equal(again.status, 304)

  // The consent is taken back: gone at once.
  await focal.open(item)
  await focal.send(item.replace('/ky/', '/'), { do: 'withdraw' })
  assert.ok(!(await public_page()).includes('/pictures/'))
  assert.equal((await raw(null, image[1])).status, 404)
})

test('a sign-in sheet is for the person who confirms, and the log tells of each look', async () => {
  await upload(focal, 'ky', 'sheet', png(300, 200))
  assert.equal(focal.status, 200, focal.text().slice(0, 300))
  const item = [...focal.html.matchAll(new RegExp(`href="(/ky${page}/evidence/[0-9a-z]+)"`, 'g'))].at(-1)[1]
  assert.equal((await raw(second, `${item}/file`)).status, 200)
  for (const other of [observer]) {
    assert.equal((await raw(other, `${item}/file`)).status, 404)
    await other.open(`/en${page}`)
    assert.ok(!other.html.includes(item.split('/').pop()))
    assert.ok(!other.html.includes('Айгүл'), 'an observer sees no names')
  }
  const log = site.log()
  assert.ok(!log.includes('0555') && !log.includes('Айгүл'), 'no file name in the log')
  const doctor = run(data, ['doctor'])
  assert.equal(doctor.code, 0, doctor.err + doctor.out)
})

test('a backup carries the files, and doctor tells what is missing', async () => {
  const archive = join(folder(), 'all.birge')
  const made = run(data, ['backup', archive])
  assert.equal(made.code, 0, made.err)
  const first = readFileSync(archive)
  const again = run(data, ['backup', archive, '--speak', 'en'])
  assert.deepEqual([again.code, again.err.trim()], [1, `There is a file ${archive} already. Choose another name, or add --replace to write over it.`])
  assert.deepEqual(readFileSync(archive), first, 'a backup that is there stays as it is')
  assert.equal(run(data, ['backup', archive, '--replace']).code, 0)
  const other = folder()
  const restored = run(other, ['restore', archive])
  assert.equal(restored.code, 0, restored.err)
  const names = place => readdirSync(join(place, 'files'), { recursive: true, withFileTypes: true }).filter(each => each.name.length === 64).map(each => each.name).sort()
  assert.deepEqual(names(other), names(data))
  assert.ok(names(other).length > 0)
  assert.equal(run(other, ['doctor']).code, 0)
  const [name] = names(other)
  writeFileSync(join(other, 'files', name.slice(0, 2), name), 'something else')
  const without = run(other, ['backup', `${archive}.2`, '--speak', 'en'])
  assert.equal(without.code, 3, 'a file that was changed is told')
  assert.match(without.err, /1 stored file was changed from outside and is not in the backup/)
  const rest = folder()
  assert.equal(run(rest, ['restore', `${archive}.2`]).code, 0, 'and keeps nothing else from being restored')
  assert.deepEqual(names(rest), names(data).filter(each => each !== name))
  rmSync(join(other, 'files', name.slice(0, 2), name))
  const doctor = run(other, ['doctor'])
  assert.equal(doctor.code, 3)
  assert.ok((doctor.out + doctor.err).includes(name))
  assert.ok(statSync(archive).size > 0)
})

test('a picture that was not sent stays on the telephone, comes back, travels smaller and is stored once', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 720 } })
    const [name, value] = focal.cookie.split('=')
    await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
    const view = await context.newPage()
    const pictures = async () => {
      await focal.open(`/ky${page}`)
      return focal.html.split('/preview"').length - 1
    }
    const before = await pictures()
    const posts = address => address.pathname.endsWith('/evidence')
    await view.goto(`${site.address}/ky${page}`)
    await view.click('#evidence summary')
    const original = png(2600, 1900, 8, 0) // packed, its size would be that of the zlib there is, and it is sent as it is where that is small
    await view.setInputFiles('#file', { name: 'зал.png', mimeType: 'image/png', buffer: original })
    await view.waitForFunction(() => document.querySelector('.shrunk')?.textContent.includes('→'))
    await view.fill('#caption', 'Зал толду')
    await view.check('input[name=on][value=nobody]')
    await view.route(posts, route => route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue())
    await view.click('form[action$="/evidence"] button')
    await view.waitForSelector('.unsent')
    await view.goto(`${site.address}/ky${page}`)
    await view.waitForSelector('.notice.kept')
    assert.ok(await view.isVisible('#caption'), 'the folded form is open again')
    assert.equal(await view.inputValue('#caption'), 'Зал толду')
    const size = await view.$eval('#file', input => input.files[0].size)
    assert.ok(size < original.length, `${size} of ${original.length}`)
    assert.equal(await pictures(), before)
    // Now it arrives, and the answer is lost.
    await view.unroute(posts)
    let lose
    const lost = new Promise(resolve => { lose = resolve })
    await view.route(posts, async route => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch({ maxRedirects: 0 }).catch(() => undefined)
      await route.abort('connectionreset').catch(() => undefined)
      lose()
    })
    await view.click('form[action$="/evidence"] button')
    await lost
    assert.equal(await pictures(), before + 1)
    await view.unroute(posts)
    await view.goto(`${site.address}/ky/work`)
    await view.waitForFunction(() => !document.querySelector('.unsent'))
    await view.goto(`${site.address}/ky${page}`)
    await view.waitForLoadState('networkidle')
    assert.equal(await view.locator('.unsent, .notice.kept').count(), 0)
    assert.equal(await pictures(), before + 1)
    // What the server wants corrected keeps the file.
    await view.click('#evidence summary')
    await view.setInputFiles('#file', { name: 'зал.png', mimeType: 'image/png', buffer: png(60, 60) })
    await view.fill('#caption', 'Анын номери 12345678901234')
    await view.click('form[action$="/evidence"] button')
    await view.waitForSelector('.field.wrong #caption')
    assert.equal(await view.$eval('#file', input => input.files.length), 1)
  } finally { await browser.close() }
})

test('what is taken away is asked about once more, and is gone from the disk', async () => {
  await focal.open(`/ky${page}`)
  const items = [...focal.html.matchAll(new RegExp(`href="(/ky${page}/evidence/[0-9a-z]+)"`, 'g'))].map(([, each]) => each)
  for (const item of new Set(items)) {
    await focal.open(`${item}?remove=ask`)
    await focal.send(item.replace('/ky/', '/'), {})
    assert.equal(focal.status, 200)
  }
  assert.deepEqual(readdirSync(join(data, 'files'), { recursive: true }).filter(each => each.length > 60), [])
})
