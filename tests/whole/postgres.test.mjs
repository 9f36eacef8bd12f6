// The whole program on PostgreSQL, on a private server that is gone afterwards: it says the same as on SQLite, people work with it, and an archive
// goes from either engine to the other and back.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, root, run, serve } from './birge.mjs'
import { person } from './people.mjs'
import { startServer } from './postgres.mjs'
import { draft, result, step } from './scene.mjs'

const day = { BIRGE_NOW: '2026-11-22T06:00:00Z' }
const plans = join(root, 'tests/data/plans-clean.csv')
let server, site
// Where the sample and the import are: on PostgreSQL, and in a file beside it. A place is a folder of data and the settings that lead to it.
let postgres
const sqlite = { data: folder(), env: day }

function done (place, ...args) {
  const ended = run(place.data, args, { env: place.env })
  assert.equal(ended.code, 0, `${args.join(' ')}: ${ended.err}${ended.out}`)
  return ended.out
}

before(async () => {
  server = await startServer(['birge', 'again'])
  postgres = { data: folder(), env: { ...day, DATABASE: server.address('birge') } }
})
after(async () => {
  await site?.stop()
  await server?.stop()
})

// What was made at another moment has other addresses, of which nothing else differs.
const sameAddresses = text => text.replace(/\bs[0-9a-z]{11}\b/g, 'address')
const pages = ['/ky/activities', '/ky/activities?place=osh', '/en/search?q=contract', '/ky/figures', '/ru/figures/districts', '/ky/figures/organisations', '/ky/regions/osh', '/ky/organisations']
const shown = place => pages.map(page => done(place, 'request', page))

test('sample and import say the same on both engines', () => {
  for (const place of [postgres, sqlite]) {
    done(place, 'init', '--sample', '--sample-size', '40')
    assert.match(done(place, 'import', 'activities', plans, '--edition', 'sample', '--speak', 'en'), /5 new/)
    done(place, 'doctor')
  }
  const [one, other] = [postgres, sqlite].map(place => shown(place).map(sameAddresses))
  for (const [i, page] of pages.entries()) {
    assert.ok(one[i].includes('<main'), page)
    assert.equal(one[i], other[i], page)
  }
  const [report, same] = [postgres, sqlite].map(place => sameAddresses(done(place, 'report', 'sample', '--format', 'html', '--language', 'ky', '--output', '-')))
  assert.match(report, /^<!doctype html>/)
  assert.equal(report, same)
})

test('the served pages are those, and an activity lives its life on PostgreSQL', async () => {
  site = await serve(postgres.data, postgres.env)
  const read = async path => (await fetch(site.address + path)).text()
  const totals = async () => (await (await fetch(`${site.address}/api/v1/activities?limit=1`)).json()).totals
  const numbers = html => [...html.matchAll(/<div class="number">[\s\S]*?<\/div>/g)].map(([number]) => number.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))
  const figures = numbers(done(sqlite, 'request', '/ky/figures'))
  assert.ok(figures.length > 2)
  assert.deepEqual(numbers(await read('/ky/figures')), figures)
  assert.match(await read('/ky/activities?q=trafficking'), /How to recognise trafficking/)

  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  const organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
  const somebody = (name, role, scope) => person(site, postgres.data, { name, login: `${role}@example.org`, role, env: postgres.env, ...scope })
  const focal = await somebody('Айгүл', 'focal_point', { organisation })
  const regional = await somebody('Данияр', 'regional_coordinator', { region: 'naryn' })
  const national = await somebody('Бакыт', 'national_coordinator')
  const before = await totals()
  const id = await draft(focal, 'Барактарды кароо', '2026-11-22')
  await step(focal, id, 'propose')
  await step(regional, id, 'approve')
  await step(focal, id, 'report', result)
  await step(national, id, 'confirm')
  const after = await totals()
  assert.equal(after.activities, before.activities + 1)
  assert.equal(after.confirmed_attendances.low, before.confirmed_attendances.low + 40)
  assert.match(await read(`/ky/activities/${id}`), /Барактарды кароо/)
  assert.match(await read('/ky/search?q=baraktardy'), /Барактарды/)
  await site.stop()
  site = undefined
  done(postgres, 'doctor')
})

test('an archive goes from PostgreSQL to SQLite and back, and nothing is other than it was', () => {
  const proofs = said => said.split('\n').filter(line => /^[0-9a-f]{16,} +\d+ +\w+$/.test(line))
  const archives = folder()
  const places = [postgres, { data: folder(), env: day }, { data: folder(), env: { ...day, DATABASE: server.address('again') } }]
  const wanted = shown(postgres)
  const report = done(postgres, 'report', 'sample', '--format', 'html', '--language', 'ru', '--output', '-')
  const saved = places.slice(0, -1).map((from, i) => {
    const archive = join(archives, `${i}.birge`)
    const tables = proofs(done(from, 'backup', archive))
    assert.ok(tables.length > 20, 'a line for each table')
    assert.deepEqual(proofs(done(places[i + 1], 'restore', archive)), tables)
    return tables.filter(line => !line.endsWith(' session')) // nobody is signed in any more after a restore
  })
  assert.deepEqual(saved[1], saved[0], 'the second archive holds what the first one did')
  for (const place of places.slice(1)) {
    done(place, 'doctor')
    for (const [i, html] of shown(place).entries()) assert.equal(html, wanted[i], pages[i])
    assert.equal(done(place, 'report', 'sample', '--format', 'html', '--language', 'ru', '--output', '-'), report)
  }
})
