// What people are told, as a browser without JavaScript and real calendar programs see it: the list, a mention, the link that stops letters, the
// private calendar fetched by vdirsyncer and read back by khal.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, run, sample, serve } from './birge.mjs'
import { Visitor, person } from './people.mjs'

let site, data, organisation, focal, regional, page
before(async () => {
  data = sample()
  site = await serve(data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
  focal = await person(site, data, { name: 'Айгүл', login: 'aigul@example.org', role: 'focal_point', organisation })
  regional = await person(site, data, { name: 'Данияр', login: 'daniyar@example.org', role: 'regional_coordinator', region: 'naryn' })
  await focal.open('/ky/work/activities/new?kind=lecture')
  await focal.send('/work/activities', { title: 'Жаңылыктар лекциясы', day: '2026-10-23', start: '14:00', place: 'Нарын', audience: ['pupils'], expected: '40', go: 'propose' })
  await focal.send('/work/activities', { place_choice: 'naryn', go: 'propose' })
  page = focal.at.replace(/\/propose$/, '')
  await focal.send('/propose')
})
after(async () => { await site?.stop() })

const unread = html => html.match(/class="count"[^>]*>([^<]*)</)?.[1]

test('a proposal is news for the coordinator until it is opened, and its answer for who proposed it', async () => {
  await regional.open('/ky/work')
  assert.equal(unread(regional.html), '1')
  await regional.open('/ky/work/news')
  assert.match(regional.html, /Жаңылыктар лекциясы/)
  const link = regional.html.match(/href="(\/ky\/work\/news\/[0-9a-z]{10,})"/)[1]
  await focal.open(link)
  assert.equal(focal.status, 404, 'news of another')
  await regional.open(link)
  assert.equal(regional.at, page)
  assert.equal(unread(regional.html), undefined)
  await regional.send('/approve')
  await focal.open('/ky/work/news')
  assert.equal(unread(focal.html), '1')
  await focal.send('/work/news')
  assert.equal(unread(focal.html), undefined)
})

test('a mention by name reaches its person, and the remark can be taken back', async () => {
  await regional.open(page)
  await regional.send('/remarks', { remark: '@айгүл, залды сура <script>alert(1)</script>' })
  assert.match(regional.html, /<b class="mention">@Айгүл<\/b>/)
  assert.ok(!regional.html.includes('<script>alert'))
  await focal.open('/ky/work/news')
  assert.equal(unread(focal.html), '1')
  const taken = regional.html.match(/action="[^"]*(\/remarks\/[0-9a-z]+)"/)[1]
  await regional.send(taken)
  assert.ok(!regional.html.includes('залды сура'))
  await focal.open('/ky/work/news')
  assert.equal(unread(focal.html), undefined)
})

test('khal shows the private calendar with states and what is due, and its secret is in no log', async () => {
  await focal.open('/ky/account/notifications')
  await focal.send('/calendar', { what: 'renew' })
  const address = new URL(focal.html.match(/value="([^"]*\/feeds\/my\/[^"]*)"/)[1])
  const home = folder()
  mkdirSync(join(home, 'events'))
  writeFileSync(join(home, 'vdirsyncer.ini'), `[general]\nstatus_path = "${home}/status/"\n\n[pair mine]\na = "site"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n\n` +
    `[storage site]\ntype = "http"\nurl = "${site.address}${address.pathname}"\n\n[storage here]\ntype = "filesystem"\npath = "${home}/events/"\nfileext = ".ics"\n`)
  const settings = { env: { ...process.env, HOME: home, LANG: 'C.UTF-8', VDIRSYNCER_CONFIG: join(home, 'vdirsyncer.ini') }, input: 'y\n' }
  for (const step of [['discover'], ['sync']]) {
    const done = spawnSync('vdirsyncer', step, settings)
    assert.equal(done.status, 0, `${done.stderr}${done.stdout}`)
  }
  assert.ok(readdirSync(join(home, 'events')).length > 1)
  writeFileSync(join(home, 'khal.ini'), `[calendars]\n[[mine]]\npath = ${home}/events/\nreadonly = True\n\n[locale]\nlocal_timezone = Asia/Bishkek\ndefault_timezone = Asia/Bishkek\n` +
    'timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n\n' +
    `[sqlite]\npath = ${home}/khal.db\n`)
  const shown = spawnSync('khal', ['-c', join(home, 'khal.ini'), 'list', '--format', '{start-date} {start-time} {title}', '2026-10-01', '60d'],
    { env: { ...process.env, HOME: home, LANG: 'C.UTF-8', XDG_CACHE_HOME: home } }).stdout.toString()
  assert.match(shown, /2026-10-23 14:00 Жаңылыктар лекциясы \(/)
  assert.match(shown, /2026-10-28\s+\S.*Жаңылыктар лекциясы/, 'its result is due three working days later')
  await focal.open('/ky/account/notifications')
  await focal.send('/calendar', { what: 'end' })
  const reply = await fetch(site.address + address.pathname)
  assert.equal(reply.status, 404)
  assert.ok(!site.log().includes(address.pathname.slice(10, 30)))
  assert.ok(!readFileSync(join(data, 'birge.db')).includes(address.pathname.slice(10, 40)), 'only its hash is kept')
})

test('a digest is made once, and the link in it stops letters with one click', async () => {
  // Two days later in the morning; a second run finds nothing to do.
  await regional.open(page)
  await regional.send('/remarks', { remark: 'Баарына салам' })
  const later = { env: { BIRGE_NOW: '2026-10-22T03:00:00Z', BIRGE_PUBLIC_ADDRESS: site.address } }
  assert.equal(run(data, ['jobs', 'run'], later).code, 0)
  const ask = question => spawnSync('sqlite3', [join(data, 'birge.db'), question]).stdout.toString().trim()
  const count = () => Number(ask('select count(*) from mail'))
  const first = count()
  assert.ok(first > 0)
  assert.equal(run(data, ['jobs', 'run'], later).code, 0)
  assert.equal(count(), first)
  const row = ask("select body || headers from mail where recipient = 'aigul@example.org'")
  assert.ok(!/Баарына салам|Данияр|Жаңылыктар лекциясы/.test(row), row)
  assert.match(row, /List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
  const stop = new URL(row.match(/List-Unsubscribe: <([^>]*)>/)[1]).pathname
  const reader = new Visitor(site.address)
  await reader.open(stop)
  assert.equal(reader.status, 200)
  const setting = () => ask("select waits || mine || talk from notice_setting where person = (select account from account_login where login = 'aigul@example.org')")
  assert.equal(setting(), '', 'looking stops nothing')
  await reader.open(stop.slice(0, -1))
  assert.equal(reader.status, 404)
  const clicked = await fetch(site.address + stop, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' } })
  assert.equal(clicked.status, 200)
  assert.equal(setting(), 'nonenonenone')
})
