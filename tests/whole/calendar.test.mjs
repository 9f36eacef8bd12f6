// The calendar feeds read back by real clients: vdirsyncer fetches them over HTTP, khal lists what it finds.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, sample, serve } from './birge.mjs'

let site
before(async () => { site = await serve(sample()) })
after(async () => { await site.stop() })

const listed = async query => (await (await fetch(`${site.address}/api/v1/activities?limit=100&${query}`)).json()).items

// Fetches one feed with vdirsyncer into a folder of single events.
function synchronise (home, address) {
  mkdirSync(join(home, 'events'), { recursive: true })
  writeFileSync(join(home, 'vdirsyncer.ini'), `[general]\nstatus_path = "${home}/status/"\n\n[pair agenda]\na = "site"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n\n` +
    `[storage site]\ntype = "http"\nurl = "${address}"\n\n[storage here]\ntype = "filesystem"\npath = "${home}/events/"\nfileext = ".ics"\n`)
  const settings = { env: { ...process.env, HOME: home, LANG: 'C.UTF-8', VDIRSYNCER_CONFIG: join(home, 'vdirsyncer.ini') } }
  for (const step of [['discover'], ['sync']]) {
    const done = spawnSync('vdirsyncer', step, { ...settings, input: 'y\n' })
    assert.equal(done.status, 0, `vdirsyncer ${step}: ${done.stderr}${done.stdout}`)
  }
  return readdirSync(join(home, 'events')).filter(name => name.endsWith('.ics'))
}

function khal (home, args) {
  writeFileSync(join(home, 'khal.ini'), `[calendars]\n[[agenda]]\npath = ${home}/events/\nreadonly = True\n\n[locale]\nlocal_timezone = Asia/Bishkek\ndefault_timezone = Asia/Bishkek\n` +
    'timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n\n' +
    `[sqlite]\npath = ${home}/khal.db\n`)
  const done = spawnSync('khal', ['-c', join(home, 'khal.ini'), ...args], { env: { ...process.env, HOME: home, LANG: 'C.UTF-8', XDG_CACHE_HOME: home } })
  assert.equal(done.status, 0, `khal: ${done.stderr}`)
  return done.stdout.toString()
}

test('vdirsyncer takes every activity of a region and khal shows it on its day', async () => {
  const home = folder()
  const expected = (await listed('place=naryn')).filter(each => each.day_precision === 'day')
  assert.ok(expected.length > 3)
  assert.equal(synchronise(home, `${site.address}/feeds/agenda-ky.ics?place=naryn`).length, expected.length)
  const shown = khal(home, ['list', '--format', '{start-date} {start-time} {title}', '2026-09-01', '200d'])
  for (const each of expected.filter(one => one.start_time && one.day === one.end_day)) {
    const title = each.state === 'cancelled' ? each.title : `${each.day} ${each.start_time} ${each.title}`
    assert.ok(shown.includes(title), `khal does not show ${title}`)
  }
})

test('what was cancelled arrives as cancelled, with the same UID in each language', async () => {
  const home = folder()
  const [one] = await listed('status=cancelled&place=jalal-abad')
  const whole = await (await fetch(`${site.address}/api/v1/activities/${one.id}`)).json()
  const files = synchronise(home, `${site.address}/feeds/activity/${one.id}-ru.ics`)
  assert.equal(files.length, 1)
  assert.match(readFileSync(join(home, 'events', files[0]), 'utf8'), /STATUS:CANCELLED/)
  // vdirsyncer gives what it fetches UIDs of its own, so these are read from the feeds.
  for (const language of ['ky', 'ru', 'en']) {
    const text = await (await fetch(`${site.address}/feeds/activity/${one.id}-${language}.ics`)).text()
    assert.ok(text.includes(`\r\nUID:${whole.uid}\r\n`), language)
  }
})
