// In the pseudo-language every text of the program stands in ⟦ ⟧. Names and titles of the sample are Kyrgyz or Russian, so whatever is in Latin
// letters outside the brackets was never given to the translators.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { documentedPages, findOne, mainPages, momentPages, moments, workPages } from './pages.mjs'
import { Visitor } from './people.mjs'
import { actions, makePeople, makeScene } from './scene.mjs'

let site, data
before(async () => {
  data = sample()
  site = await serve(data)
})
after(async () => { await site.stop() })

const allowed = new Set(['Birge', 'birge', 'ky', 'ru', 'en', 'test', 'KY', 'RU', 'EN', 'English', 'CSV', 'XLSX', 'JSON', 'GeoJSON', 'Atom', 'iCalendar', 'HXL', 'OpenAPI', 'PDF', 'API', 'P-code',
  'OpenStreetMap', 'geoBoundaries', 'OCHA', 'ODbL', 'CC', 'BY', 'UNODC', 'UNICEF'])

// What the country pack says in a language of its own is data, not a text of the program: names, titles of sources, licences, attribution.
function cells (file) {
  const text = readFileSync(join(root, 'countries/kg', file), 'utf8')
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^,\n"]+)/g)].map(([, quoted, plain]) => (quoted ?? plain).replaceAll('""', '"').trim())
}
const escape = text => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll("'", '&#39;')
const names = new Set(['contacts.csv', 'organisations.csv', 'editions/documented_activities.csv'].flatMap(cells).map(escape))
// The sample has its texts in three languages, and whoever edits it sees them all.
const sampleTexts = ['100 Days against Trafficking in Persons (sample)', 'Standing together', 'This is a sample, made up to show how Birge works. Neither its organisations nor its activities are real.']
const phrases = [...['sources.csv', 'editions/sources.csv', 'maps/layers.csv', 'organisations.csv', 'checklists.csv', 'guide.csv'].flatMap(cells).filter(text => text.length > 12 && text.length < 400), ...sampleTexts].map(escape)
  .sort((a, b) => b.length - a.length)
function withoutData (text) {
  if (names.has(text.trim())) return ''
  for (const phrase of phrases) text = text.replaceAll(phrase, '')
  // Names to sign in with, heads of the log, keys of authenticator apps and short addresses.
  return text.replace(/\S+@\S+|\b[0-9a-f]{32,}\b|\b([A-Z2-7]{4}( |\b)){6,}|\bhttps?:\S+/g, '')
}

// Texts between tags and in the attributes that people read, without what is in nested brackets.
function visible (html) {
  const texts = []
  const body = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
  for (const [, text] of body.matchAll(/>([^<]+)</g)) texts.push(text)
  for (const [, , text] of body.matchAll(/ (aria-label|title|alt|placeholder|data-label)="([^"]*)"/g)) texts.push(text)
  for (const [, text] of body.matchAll(/<meta (?:name|property)="(?:description|og:title|og:description)" content="([^"]*)"/g)) texts.push(text)
  return texts
}

function outsideBrackets (text) {
  let depth = 0
  let rest = ''
  for (const character of text) {
    if (character === '⟦') depth++
    else if (character === '⟧') depth = Math.max(0, depth - 1) // a link in a sentence cuts it: its end may stand alone
    else if (depth === 0) rest += character
  }
  return rest
}

// What a page shows in Latin letters that was never given to the translators.
function untranslated (page, html) {
  const found = []
  for (const text of visible(html)) {
    if (/^(https?:|\/|width=|#|[\w./-]+\.(png|ics))/.test(text.trim())) continue
    const plain = outsideBrackets(withoutData(text).replace(/&[a-z0-9#]+;/gi, ' '))
    for (const word of plain.match(/[A-Za-z][A-Za-z'-]{2,}/g) ?? []) if (!allowed.has(word)) found.push(`${page}: ${text.trim().slice(0, 80)}`)
  }
  return found
}

test('no page shows a text that the translators never saw', async () => {
  const found = new Set()
  for (const page of [...mainPages, ...documentedPages, ...await findOne(site.address)]) {
    const answer = await fetch(`${site.address}/test${page}`)
    const html = await answer.text()
    assert.equal(answer.status, page === '/no-such-page' ? 404 : 200, page)
    for (const each of untranslated(page, html)) found.add(each)
  }
  assert.deepEqual([...found], [])
})

for (const [moment, now] of Object.entries(moments)) {
  test(`nor does one ${moment}`, async () => {
    const then = await serve(sample(), { BIRGE_NOW: now }) // data of its own: what happens every night would change that of the others
    try {
      const found = new Set()
      for (const page of momentPages) {
        const answer = await fetch(`${then.address}/test${page}`)
        assert.equal(answer.status, 200, page)
        for (const each of untranslated(page, await answer.text())) found.add(each)
      }
      assert.deepEqual([...found], [])
    } finally {
      await then.stop()
    }
  })
}

test('nor does one that refuses what was sent', async () => {
  const visitor = new Visitor(site.address)
  const found = []
  const refused = status => {
    assert.equal(visitor.status, status, visitor.at)
    found.push(...untranslated(`${visitor.at} (${status})`, visitor.html))
  }
  for (const form of ['/invite', '/join']) {
    await visitor.open(`/test${form}`)
    await visitor.send(form)
    refused(422)
  }
  // From nowhere, and from a page that was open for too long: of everybody, and of whoever is no longer signed in.
  const forged = (path, headers = {}) => visitor.ask(path, { method: 'POST', headers, body: new URLSearchParams({ wish: 'Келип кетиңиздер' }) })
  await forged('/test/invite')
  refused(403)
  for (const path of ['/test/invite', '/test/work/activities']) {
    await forged(path, { origin: site.address })
    refused(403)
    assert.match(visitor.html, /name="wish"/, 'what was typed can be sent again')
  }
  assert.deepEqual(found, [])
})

test('no page of the workspace does either', async () => {
  const people = await makePeople(site, data)
  const scene = await makeScene(site, data, people)
  const steps = scene.activities.flatMap(id => [`/work/activities/${id}`, ...actions.map(action => `/work/activities/${id}/${action}`)])
  const found = new Set()
  // The page of an upload shows the cells of the file, in whatever language they are.
  const more = scene.more.filter(page => !/^\/work\/import\/[0-9a-z]+$/.test(page))
  for (const visitor of Object.values(people)) {
    for (const page of [...workPages, ...scene.evidence, ...more, ...steps]) {
      await visitor.ask(`/test${page}`)
      for (const each of untranslated(page, visitor.html)) found.add(each)
    }
  }
  for (const [visitor, page] of scene.doors) {
    await visitor.ask(`/test${page}`)
    for (const each of untranslated(page, visitor.html)) found.add(each)
  }
  assert.deepEqual([...found], [])
})

// In Cyrillic letters a name and a text of the program look alike on a page; in the source they do not: what is shown is written there in English.
// These files read what people write in their languages, or hold data and forms of words of a language.
const readers = [/^features\/exchange\/import_/, /^features\/place\/place_(key|match|store)\./, /^features\/coalition\/coalition_match\./, /^features\/sample\//, /^features\/account\/password\./,
  /^features\/report\/report_texts\./, /^features\/campaign\/campaign\.cpp/, /^platform\/base\/(fold|joining_words)\./, /^platform\/i18n\/(dates|language)\./, /^platform\/sheet\/csv_encoding\./]
// The head of a signed plan stands in both languages whatever the reader's; a new edition begins with its name in each; sample people have names.
const sayings = ['БЕКИТЕМ / УТВЕРЖДАЮ', 'Адам сатууга каршы 100 күн – ', '100 дней против торговли людьми – ', 'Нарын', ' Үлгү']

test('no source file but those that read or hold data has a text in Cyrillic letters', () => {
  const found = []
  const look = folder => {
    for (const entry of readdirSync(join(root, 'src', folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory()) look(path)
      else if (/\.(cpp|hpp)$/.test(path) && !/_test|_testing|_fuzz/.test(path) && !readers.some(reader => reader.test(path))) {
        for (const line of readFileSync(join(root, 'src', path), 'utf8').split('\n')) {
          for (const [literal] of line.replace(/(^|\s)\/\/.*/, '').matchAll(/"(?:[^"\\]|\\.)*"/g))
            if (/\p{Script=Cyrillic}/u.test(literal) && !sayings.some(saying => literal.includes(saying))) found.push(`${path}: ${literal}`)
        }
      }
    }
  }
  look('')
  assert.deepEqual(found, [])
})
