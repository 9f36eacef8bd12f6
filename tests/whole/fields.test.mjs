// How much a form asks of people: it is sent empty, what it asks for is filled in and it is sent again, until it is taken. What it asked for on the way
// are its required fields, whatever stands beside them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sample, serve } from './birge.mjs'
import { formsOf } from './people.mjs'
import { draft, makePeople, step, today } from './scene.mjs'

const most = 8

let site, people, organisation
before(async () => {
  const data = sample()
  site = await serve(data)
  people = await makePeople(site, data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
})
after(async () => { await site.stop() })

// The fields that a page says are not right yet: its list of faults leads to each.
const asked = html => [...new Set([...html.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, field]) => field))]
// The form of a page that holds a field.
const formWith = (html, field) => [...html.matchAll(/<form [\s\S]*?<\/form>/g)].map(([form]) => form).find(form => form.includes(` name="${field}"`))
// Fields that are seen without opening anything and do not say that they may stay empty.
function unmarked (form) {
  const seen = form.replace(/<details[\s\S]*?<\/details>/g, '')
  const labels = [...seen.matchAll(/<label for="([\w-]+)">([\s\S]*?)<\/label>|<fieldset class="field" id="([\w-]+)"[^>]*><legend>([\s\S]*?)<\/legend>/g)]
  assert.ok(labels.length > 2)
  return labels.filter(([, , label, , legend]) => !(label ?? legend).includes('(optional)')).map(([, field, , group]) => field ?? group)
}

// What can be left empty, empty: not what comes chosen and can only be chosen otherwise.
function emptied (form) {
  const chosen = [...form.matchAll(/<input type="(?:hidden|radio)"[^>]* name="([^"]+)"/g), ...form.matchAll(/<select [^>]*name="([^"]+)"[^>]*>(?!<option value="")/g)].map(([, name]) => name)
  const ticks = [...form.matchAll(/<input type="checkbox" name="([^"]+)"/g)].map(([, name]) => name)
  const [{ fields }] = formsOf(form)
  return Object.fromEntries(fields.filter(([name]) => !chosen.includes(name)).map(([name]) => [name, ticks.includes(name) ? [] : '']))
}

// Sends a form until it is taken, and answers with the fields it asked for. `holds` is a field by which it is known.
async function askedFor (visitor, start, { holds, right, taken, ...buttons }) {
  await visitor.open(start)
  const needed = unmarked(formWith(visitor.html, holds))
  const values = { ...emptied(formWith(visitor.html, holds)), ...buttons }
  const fields = []
  for (let turns = 0; turns <= Object.keys(right).length; ++turns) {
    await visitor.send(formsOf(formWith(visitor.html, holds))[0].action, values)
    if (taken(visitor)) return fields
    const more = asked(visitor.html).filter(field => !fields.includes(field))
    assert.ok(more.length > 0, `${start}: neither taken nor asked for anything: ${visitor.text().slice(0, 600)}`)
    for (const field of more) {
      assert.ok(field in right, `${start} asks for ${field}`)
      assert.ok(needed.includes(field), `${start} asks for ${field}, which is said to be optional or folded away`)
      fields.push(field)
      values[field] = right[field]
    }
  }
  assert.fail(`${start} is never taken`)
}

test(`a new activity of any kind asks for at most ${most} fields, of those who plan for themselves and of coordinators`, async () => {
  const right = { title: 'Дарс', day: '2026-10-29', start: '09:00', place: 'naryn-rayon', audience: ['pupils'], expected: '40', lead: organisation }
  await people.focal.open('/en/work/activities/new')
  const kinds = [...new Set([...people.focal.html.matchAll(/new\?kind=([a-z_]+)/g)].map(([, kind]) => kind))]
  assert.ok(kinds.length > 20)
  for (const [role, visitor] of [['focal', people.focal], ['national', people.national]]) {
    for (const kind of kinds) {
      const fields = await askedFor(visitor, `/en/work/activities/new?kind=${kind}`,
        { holds: 'title', right, taken: () => visitor.at.endsWith('/propose') && visitor.status === 200, go: 'propose' })
      assert.ok(fields.length > 3, `${kind}: it does ask`)
      // The kind is asked for as well: it is chosen on the page before.
      assert.ok(fields.length + 1 <= most, `${role}, ${kind}: kind, ${fields.join(', ')}`)
    }
  }
})

test(`nor does the form show somebody who plans for their organisation more than ${most} fields that are not optional`, async () => {
  await people.focal.open('/en/work/activities/new?kind=lecture')
  const fields = unmarked(formWith(people.focal.html, 'title'))
  assert.ok(fields.length <= most, fields.join(', '))
})

test(`a result and its correction ask for at most ${most} fields`, async () => {
  const id = await draft(people.focal, 'Барактарды кароо', today)
  await step(people.focal, id, 'propose')
  await step(people.regional, id, 'approve')
  const right = { total: '40', method: 'head_count', reason: 'Бир класс эсептелген эмес' }
  for (const form of ['report', 'correct']) {
    const page = `/work/activities/${id}`
    const fields = await askedFor(people.focal, `/en${page}/${form}`, { holds: 'total', right, taken: () => people.focal.at.split('?')[0] === `/en${page}` && people.focal.status === 200 })
    assert.ok(fields.includes('total') && fields.includes('method'), `${form}: ${fields}`)
    assert.ok(fields.length <= most, `${form}: ${fields}`)
    if (form === 'report') await step(people.regional, id, 'confirm')
    right.total = '41'
  }
})
