import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import english from '../words/desk/en.json';
import { ruleOf } from '../src/desk/rules.js';
import { sentence, withEnglish, words } from '../src/desk/words.js';
import type { Text } from '../src/ticker/words.js';

type Texts = Readonly<Record<string, Readonly<Record<string, Text>>>>;

const languages = readdirSync('words/desk').map((file) => file.replace('.json', ''));

function textsOf(language: string): Texts {
  return JSON.parse(readFileSync(`words/desk/${language}.json`, 'utf8')) as Texts;
}

function namesOf(texts: Texts): string[] {
  return Object.entries(texts).flatMap(([section, inner]) => Object.keys(inner).map((name) => `${section}.${name}`));
}

/** The places of a text; a form for one or two may say its number in words. */
function placesOf(text: Text): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}

test('the desk speaks the languages that readers are spoken to in', () => {
  expect(languages).toEqual(readdirSync('words').filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', '')));
});

describe.each(languages)('the words in %s', (language) => {
  const texts = textsOf(language);

  test('are all there, and no others, in the same order', () => {
    expect(namesOf(texts)).toEqual(namesOf(english));
  });

  test('have the places that English has', () => {
    for (const [section, inner] of Object.entries(english as Texts)) {
      for (const [name, text] of Object.entries(inner)) expect(placesOf(texts[section]?.[name] ?? ''), `${section}.${name}`).toEqual(placesOf(text));
    }
  });

  test('have each form that the language has for a number', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [section, inner] of Object.entries(texts)) {
      for (const [name, text] of Object.entries(inner)) {
        expect(typeof text, `${section}.${name}`).toBe(typeof (english as Texts)[section]?.[name]);
        if (typeof text !== 'string') expect(Object.keys(text).sort(), `${section}.${name}`).toEqual([...forms].sort());
      }
    }
  });
});

test('what a language lacks is said in English', () => {
  const { editor, help } = withEnglish({ editor: { publish: 'Veröffentlichen' } });
  expect([editor.publish, editor.save, help.close]).toEqual(['Veröffentlichen', 'Save changes', 'Close']);
});

test('what people wrote stands for itself within a sentence, and is no part of it', () => {
  const shown = document.createElement('p');
  shown.append(sentence('{name} wrote {n} of {all}: {what}', { name: '{all} <b>', n: 1200, all: 3, what: document.createElement('hr') }));
  expect(shown.innerHTML).toBe('<bdi>{all} &lt;b&gt;</bdi> wrote 1,200 of 3: <hr>');
});

test('what is wrong with a field is said in the page\'s words where what stands in it tells', () => {
  const written = { note: '', fields: { link: 'harbour.example', source: { name: '' }, image: { url: 'https://a.example/1' } } };
  const theirs = { english: 'The server\'s own words.' };
  expect(['link', 'source.name', 'source.url', 'image.alt', 'image.url', 'note', 'headline', 'tags'].map((field) => ruleOf(field, written, theirs))).toEqual([
    words.rules.address, words.rules.sourceName, words.rules.address, words.rules.alt, theirs, words.rules.note, theirs, theirs,
  ]);
  expect(ruleOf('headline', { note: '', fields: {} }, theirs)).toBe(words.rules.nothing);
});
