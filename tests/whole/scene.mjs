// What people's work brings about and the sample does not have: activities in every state, a piece of evidence, imports, a request to join, links that
// open a door. Made with forms alone, for the tests that look at every page.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { now, root, run } from './birge.mjs'
import { formsOf, person, Visitor } from './people.mjs'
import { csv } from './sheets.mjs'

export const actions = ['edit', 'propose', 'withdraw', 'discard', 'approve', 'paper', 'return', 'hold', 'report', 'return-result', 'confirm', 'correct', 'move', 'cancel']
export const today = now.slice(0, 10)

export async function sendFile (visitor, ending, file, values) {
  const form = formsOf(visitor.html).find(each => each.action.endsWith(ending))
  assert.ok(form, `no form for ${ending}: ${visitor.text().slice(0, 400)}`)
  const body = new FormData()
  for (const [field, value] of form.fields) if (field !== 'file' && !(field in values)) body.append(field, value)
  for (const [field, value] of Object.entries(values)) body.append(field, value)
  body.append('file', new Blob([file.bytes]), file.name)
  return visitor.ask(form.action, { method: 'POST', body })
}

export async function draft (focal, title, day) {
  await focal.open('/ky/work/activities/new?kind=lecture')
  await focal.send('/work/activities', { title, day, start: '09:00', place: 'Нарын', audience: ['pupils'], expected: '40', go: 'save' })
  if (focal.status === 422) await focal.send('/work/activities', { place_choice: 'naryn', go: 'save' })
  assert.equal(focal.status, 200, focal.text().slice(0, 400))
  return focal.at.match(/\/activities\/([0-9a-z]+)/)[1]
}
export async function step (visitor, id, action, values = {}) {
  await visitor.open(`/ky/work/activities/${id}/${action}`)
  await visitor.send(`/${action}`, values)
  assert.equal(visitor.status, 200, `${action}: ${visitor.text().slice(0, 400)}`)
}
export const result = { 'n-female-14_17': '21', 'n-male-14_17': '19', total: '40', method: 'head_count' }

// One activity in each state of its life; "over" is approved and its day has come, so that it can be said to be held.
async function activitiesOf ({ focal, regional, national }) {
  const ids = {}
  for (const state of ['draft', 'proposed', 'returned', 'approved', 'over', 'held', 'reported', 'confirmed'])
    ids[state] = await draft(focal, `Барактарды кароо ${Object.keys(ids).length + 1}`, state === 'approved' ? '2026-10-28' : today)
  for (const [state, id] of Object.entries(ids)) {
    if (state === 'draft') continue
    await step(focal, id, 'propose')
    if (state === 'returned') await step(regional, id, 'return', { reason: 'Сааты кеч' })
    if (['proposed', 'returned'].includes(state)) continue
    await step(regional, id, 'approve')
    if (state === 'held') await step(focal, id, 'hold')
    if (['reported', 'confirmed'].includes(state)) await step(focal, id, 'report', result)
    if (state === 'confirmed') await step(national, id, 'confirm')
  }
  return ids
}

async function evidenceOf (focal, id) {
  const list = `/work/activities/${id}/evidence`
  await focal.open(`/ky${list}?kind=picture`)
  await sendFile(focal, '/evidence', { name: 'сүрөт.png', bytes: readFileSync(join(root, 'docs/agenda.png')) }, { caption: 'Дарс учуру' })
  await focal.open(`/ky${list}`)
  const item = focal.html.match(new RegExp(`href="/ky(${list}/[0-9a-z]+)"`))
  assert.ok(item, focal.text().slice(0, 600))
  return [list, `${list}?kind=picture`, item[1], `${item[1]}?remove=ask`]
}

export async function settled (visitor, page) {
  for (let i = 0; i < 200; ++i) {
    await visitor.open(page)
    if (!visitor.html.includes('class="progress" role="status"')) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  assert.fail('the import never came to its end')
}
// An import with faults that waits for corrections, and one that is stored and can be taken back.
async function importsOf (national) {
  const pages = []
  const clean = csv([['ID', 'Title', 'Kind', 'Date', 'Region', 'Lead organisation', 'Status'], ['X-1', 'Дарс', 'lecture', '2026-10-27', 'Osh oblast', 'UNICEF', 'planned']])
  for (const [name, bytes] of [['план.xlsx', readFileSync(join(root, 'tests/data/plans-messy.xlsx'))], ['таза.csv', Buffer.from(clean)]]) {
    await national.open('/ky/work/import')
    await sendFile(national, '/work/import', { name, bytes }, { edition: 'sample' })
    const page = national.at
    await settled(national, page)
    pages.push(page.slice('/ky'.length))
  }
  await national.send(pages[1], { do: 'store' })
  await settled(national, `/ky${pages[1]}`)
  pages.push(`${pages[1]}/undo`)
  return pages
}

async function joiningOf (address, national) {
  const stranger = new Visitor(address)
  await stranger.open('/ky/join')
  await stranger.send('/join', { name: 'Жаш муун', kind: 'youth', about: 'Жаштар үчүн лекциялар.', region: 'naryn', active: ['naryn', 'osh'], contact_name: 'Жамиля Сырдуу', contact: '0555 98 76 54' })
  await national.open('/ky/joining')
  return national.html.match(/href="\/ky(\/joining\/[0-9a-z]+)"/)[1]
}

// The way out that a letter has: signed with the secret of the installation, which only whoever holds the data can read.
function stopLetters (data, person) {
  const program = `
import base64, hashlib, sqlite3, sys
secret = sqlite3.connect(sys.argv[1] + '/birge.db').execute('select secret from account_state').fetchone()[0].encode()
key = hashlib.blake2b(b'stop letters', key=secret[:64], digest_size=32).digest()
print(base64.urlsafe_b64encode(hashlib.blake2b(sys.argv[2].encode(), key=key, digest_size=32).digest()).decode().rstrip('='))`
  const done = spawnSync('python3', ['-c', program, data, person])
  assert.equal(done.status, 0, done.stderr.toString())
  return `/stop-letters/${person}.${done.stdout.toString().trim()}`
}

// Pages before the workspace, each with whoever stands there.
async function doorsOf (site, data, national) {
  const link = (...args) => {
    const made = run(data, ['user', ...args])
    assert.equal(made.code, 0, made.err)
    return new URL(made.out.match(/https?:\/\/\S+/)[0]).pathname.replace(/^\/[a-z]{2}\//, '/')
  }
  const password = 'жашыл тоо китеп самоор'
  const nobody = () => new Visitor(site.address)
  const newcomer = nobody()
  const first = link('add', '--role', 'national_coordinator', '--name', 'Жаңы')
  await newcomer.open(`/ky${first}`)
  await newcomer.send(first, { name: 'Жаңы', login: 'newcomer@example.org', password })
  assert.match(newcomer.at, /\/sign-in\/setup/)
  const known = nobody()
  await known.open('/ky/sign-in')
  await known.send('/sign-in', { login: 'national@example.org', password })
  assert.match(known.at, /\/sign-in\/code/, known.text().slice(0, 300))
  await national.open('/ky/people')
  const person = national.html.match(/href="\/ky\/people\/([0-9a-z]{10,})"/)[1]
  return [[nobody(), link('add', '--role', 'observer', '--name', 'Конок')], [nobody(), link('reset', 'focal@example.org')], [newcomer, '/sign-in/setup'],
    [known, '/sign-in/code'], [nobody(), stopLetters(data, person)], [nobody(), '/sign-in'], [nobody(), '/join']]
}

async function someOrganisation (address) {
  const list = await (await fetch(`${address}/api/v1/organisations`)).json()
  return list.items.find(each => each.slug.startsWith('sample-')).slug
}

// Somebody of each role but the helper, who needs an activity to help with.
export async function makePeople (site, data) {
  const organisation = await someOrganisation(site.address)
  return {
    national: await person(site, data, { name: 'Бакыт', login: 'national@example.org', role: 'national_coordinator' }),
    regional: await person(site, data, { name: 'Данияр', login: 'regional@example.org', role: 'regional_coordinator', region: 'naryn' }),
    focal: await person(site, data, { name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation }),
    member: await person(site, data, { name: 'Чынара', login: 'member@example.org', role: 'member', organisation }),
    communications: await person(site, data, { name: 'Эркин', login: 'communications@example.org', role: 'communications_officer' }),
    observer: await person(site, data, { name: 'Оля', login: 'observer@example.org', role: 'observer' }),
    administrator: await person(site, data, { name: 'Админ', login: 'administrator@example.org', role: 'administrator' })
  }
}

// Somebody who helps with one activity, invited by its focal point: the command line hands out no such link.
async function helperOf (site, focal, activity) {
  await focal.open('/ky/people/invite')
  await focal.send('/people/invite', { role: 'helper', activity })
  const path = focal.html.match(/id="link" readonly value="https?:\/\/[^/]+\/ky(\/[^"]+)"/)[1]
  const helper = new Visitor(site.address)
  await helper.open(`/ky${path}`)
  await helper.send(path, { name: 'Нурзат', login: 'helper@example.org', password: 'жашыл тоо китеп самоор' })
  await helper.open('/ky/work')
  assert.equal(helper.status, 200, helper.text().slice(0, 400))
  return helper
}

export async function makeScene (site, data, people) {
  const ids = await activitiesOf(people)
  people.helper = await helperOf(site, people.focal, ids.approved)
  return {
    activities: Object.values(ids),
    evidence: await evidenceOf(people.focal, ids.held),
    more: [...await importsOf(people.national), await joiningOf(site.address, people.national), `/organisations/${await someOrganisation(site.address)}/edit`],
    doors: await doorsOf(site, data, people.national)
  }
}
