// One activity through its whole life by three people of different roles, in Kyrgyz and in Russian, with forms alone: no JavaScript runs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sample, serve } from './birge.mjs'
import { formsOf, person } from './people.mjs'

let site, data, organisation
before(async () => {
  data = sample()
  site = await serve(data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
})
after(async () => { await site?.stop() })

for (const language of ['ky', 'ru']) {
  test(`an activity lives from draft to a corrected result in ${language}`, async () => {
    const login = who => `${who}-${language}@example.org`
    const focal = await person(site, data, { language, name: 'Айгүл', login: login('focal'), role: 'focal_point', organisation })
    const first = await person(site, data, { language, name: 'Данияр', login: login('first'), role: 'regional_coordinator', region: 'naryn' })
    const second = await person(site, data, { language, name: 'Жамиля', login: login('second'), role: 'regional_coordinator', region: 'naryn' })
    const title = `Коопсуз миграция: ${language}`

    // A minute on a phone: kind, title, day, hour, place, for whom, how many.
    await focal.open(`/${language}/work/activities/new?kind=lecture`)
    await focal.send('/work/activities', { title, day: '2026-10-20', start: '14:00', place: 'Нарын', audience: ['pupils', 'parents'], expected: '40', go: 'propose' })
    assert.equal(focal.status, 422, 'Нарын is an oblast, a rayon and a city')
    assert.match(focal.html, /name="place_choice"/)
    assert.ok(focal.html.includes(`value="${title}"`), 'what was typed stays')
    await focal.send('/work/activities', { place_choice: 'naryn', go: 'propose' })
    assert.match(focal.at, /\/propose$/)
    const page = focal.at.replace(/\/propose$/, '')
    const local = page.replace(/^\/[a-z]{2}/, '')

    // Nobody else knows of a draft, and public pages know of no proposal.
    await first.open(page)
    assert.equal(first.status, 404)
    await focal.send('/propose')
    assert.equal(focal.status, 200)
    assert.equal((await fetch(site.address + page.replace('/work', ''))).status, 404)

    // Returned with a reason, changed, proposed anew, approved.
    await first.open(`/${language}/work`)
    assert.ok(first.html.includes(title), 'it waits on the coordinator\'s page')
    await first.open(`${page}/return`)
    await first.send('/return', { reason: '' })
    assert.equal(first.status, 422, 'a reason is needed')
    await first.send('/return', { reason: 'Сааты кеч' })
    await focal.open(page)
    assert.ok(focal.html.includes('Сааты кеч'))
    await focal.open(`${page}/edit`)
    await focal.send('/edit', { start: '11:00', go: 'propose' })
    await focal.send('/propose')
    await first.open(page)
    await first.send('/approve')
    assert.equal(first.status, 200)
    assert.equal((await fetch(site.address + page.replace('/work', ''))).status, 200, 'now everybody sees it')

    // The result: the total is not the sum, and is saved so only when it is said so.
    await focal.open(`${page}/report`)
    await focal.send('/report', { 'n-female-14_17': '21', 'n-male-14_17': '16', total: '40', method: 'head_count', question1: 'Паспортту ким кармайт?', question_topic1: 'safe_migration' })
    assert.equal(focal.status, 422)
    await focal.send('/report', { differs: 'yes' })
    assert.equal(focal.status, 200)
    assert.equal(focal.html.includes(`action="${page}/confirm"`), false, 'never by the one who reported')

    // Why it deserves a second look stands where it is decided, for whoever decides.
    const doubts = visitor => visitor.html.match(/<div class="notice attention" role="note">[\s\S]*?<\/ul>/g)?.join('') ?? ''
    for (const address of [page, `${page}/confirm`]) {
      await second.open(address)
      assert.match(doubts(second), /37[\s\S]*40/, `${address} tells that the parts add up to 37 and the total says 40`)
    }
    await focal.open(page)
    assert.equal(doubts(focal), '')

    // The second coordinator looks through what waits; what does not add up is not ticked.
    await second.open(`/${language}/work/confirm`)
    const chosen = second.html.match(new RegExp(`value="(${page.split('/').pop()}\\.\\d+)" >`))
    assert.ok(chosen, 'the unlikely one is there and not ticked')
    await second.send('/work/confirm', { chosen: [chosen[1]] })
    await second.open(page)
    assert.ok(second.html.includes('Данияр') && second.html.includes('Жамиля'))
    const api = async () => (await (await fetch(`${site.address}/api/v1${local.replace('/work', '')}`)).json())
    assert.equal((await api()).state, 'confirmed')

    // Corrected with a reason; the first coordinator confirms the second value, and both stay to be seen.
    await focal.open(`${page}/correct`)
    await focal.send('/correct', { total: '37', reason: 'Үч бала эки жолу саналган' })
    assert.equal(focal.status, 200)
    assert.equal((await api()).state, 'reported')
    await first.open(page)
    await first.send('/confirm')
    assert.equal((await api()).state, 'confirmed')
    await focal.open(page)
    assert.ok(focal.text().includes('Үч бала эки жолу саналган'))
    assert.match(focal.text(), /40[\s\S]*37/)

    // Nobody's name stands on a public page.
    const shown = await (await fetch(site.address + page.replace('/work', ''))).text()
    for (const name of ['Айгүл', 'Данияр', 'Жамиля']) assert.equal(shown.includes(name), false)
  })
}

test('a stranger gets neither in nor anything done', async () => {
  const reply = await fetch(`${site.address}/ky/work`, { redirect: 'manual' })
  assert.equal(reply.status, 303)
  const forged = await fetch(`${site.address}/ky/work/activities`, { method: 'POST', body: new URLSearchParams({ title: 'x' }), redirect: 'manual' })
  assert.equal(forged.status, 403)
})

// What the form of a page holds in a field.
const held = (visitor, ending, field) => formsOf(visitor.html).find(form => form.action.endsWith(ending)).fields.find(([name]) => name === field)?.[1]

test('whoever saves a form that another overtook undoes nothing but what both of them changed', async () => {
  const aigul = await person(site, data, { language: 'ru', name: 'Айгүл', login: 'aigul@example.org', role: 'focal_point', organisation })
  const ermek = await person(site, data, { language: 'ru', name: 'Эрмек', login: 'ermek@example.org', role: 'focal_point', organisation })
  await aigul.open('/ru/work/activities/new?kind=lecture')
  await aigul.send('/work/activities', { title: 'Беседа', day: '2026-10-22', start: '14:00', place: 'Нарынская область', audience: ['pupils', 'parents'], expected: '40', summary: 'Одна строка.\nИ другая.', go: 'save' })
  const page = aigul.at
  await aigul.open(`${page}/edit`)
  await ermek.open(`${page}/edit`)
  await aigul.send('/edit', { title: 'Беседа с родителями', expected: '50', go: 'save' })
  assert.equal(aigul.at, page)

  await ermek.send('/edit', { title: 'Встреча', start: '15:00', go: 'save' })
  assert.equal(ermek.status, 409)
  assert.equal(held(ermek, '/edit', 'expected'), '50', 'he did not touch it: what she stored stays')
  assert.equal(held(ermek, '/edit', 'title'), 'Встреча')
  const both = ermek.html.match(/<table class="stack"><caption[\s\S]*?<\/table>/)[0]
  assert.ok(both.includes('href="#title"') && both.includes('href="#start"'))
  assert.ok(!both.includes('href="#expected"') && !both.includes('href="#summary"') && !both.includes('href="#audience"'), both)
  await ermek.send('/edit', { go: 'save' })
  assert.equal(ermek.at, page)
  await ermek.open(`${page}/edit`)
  assert.deepEqual(['title', 'start', 'expected'].map(field => held(ermek, '/edit', field)), ['Встреча', '15:00', '50'])

  // Overtaken by the very same change, there is nothing to decide.
  await aigul.open(`${page}/edit`)
  await ermek.send('/edit', { expected: '60', go: 'save' })
  await aigul.send('/edit', { expected: '60', go: 'save' })
  assert.equal(aigul.at, page)
  assert.equal(aigul.status, 200)
})
