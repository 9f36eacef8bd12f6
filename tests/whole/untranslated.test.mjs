// In the pseudo-language every text of the program stands in ⟦ ⟧. Names and titles of the sample are Kyrgyz or Russian, so whatever is in Latin
// letters outside the brackets was never given to the translators.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { findOne, mainPages } from './pages.mjs'

let site
before(async () => { site = await serve(sample()) })
after(async () => { await site.stop() })

const allowed = new Set(['Birge', 'birge', 'ky', 'ru', 'en', 'test', 'KY', 'RU', 'EN', 'English', 'CSV', 'XLSX', 'JSON', 'GeoJSON', 'Atom', 'iCalendar', 'HXL', 'OpenAPI', 'PDF', 'API', 'P-code',
  'OpenStreetMap', 'geoBoundaries', 'OCHA', 'ODbL', 'CC', 'BY', 'UNODC'])

// What the country pack says in a language of its own is data, not a text of the program: names, titles of sources, licences, attribution.
function cells (file) {
  const text = readFileSync(join(root, 'countries/kg', file), 'utf8')
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^,\n"]+)/g)].map(([, quoted, plain]) => (quoted ?? plain).replaceAll('""', '"').trim())
}
const escape = text => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const names = new Set(['contacts.csv', 'organisations.csv', 'editions/documented_activities.csv'].flatMap(cells).map(escape))
const phrases = ['sources.csv', 'editions/sources.csv', 'maps/layers.csv'].flatMap(cells).filter(text => text.length > 12 && text.length < 400).map(escape)
  .sort((a, b) => b.length - a.length)
function withoutData (text) {
  if (names.has(text.trim())) return ''
  for (const phrase of phrases) text = text.replaceAll(phrase, '')
  return text
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
    else if (character === '⟧') depth--
    else if (depth === 0) rest += character
  }
  return rest
}

test('no page shows a text that the translators never saw', async () => {
  const found = new Set()
  for (const page of [...mainPages, ...await findOne(site.address)]) {
    const answer = await fetch(`${site.address}/test${page}`)
    const html = await answer.text()
    assert.ok([200, 404].includes(answer.status), `${page}: ${answer.status}`)
    for (const text of visible(html)) {
      if (/^(https?:|\/|width=|#|[\w./-]+\.(png|ics))/.test(text.trim())) continue
      const plain = outsideBrackets(withoutData(text).replace(/&[a-z0-9#]+;/gi, ' '))
      // What a source, a licence or an address says in its own language is not ours to translate.
      if (['/sources', '/editions', '/editions/sample', '/figures/compare'].includes(page)) continue
      for (const word of plain.match(/[A-Za-z][A-Za-z'-]{2,}/g) ?? []) if (!allowed.has(word)) found.add(`${page}: ${text.trim().slice(0, 80)}`)
    }
  }
  assert.deepEqual([...found], [])
})
