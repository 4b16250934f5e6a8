import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { schema } from './schema.js';

const { nodes } = schema;

/** What those who know Markdown type at the start of a paragraph becomes what they mean. Undo, or Backspace, makes it letters again. */
export const markdownRules = inputRules({
  rules: [
    wrappingInputRule(/^\s*[-+*]\s$/, nodes.bullet_list),
    // Only the first number: "27. November" begins a sentence in many languages, and no list.
    wrappingInputRule(/^\s*1[.)]\s$/, nodes.ordered_list),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, ([, signs]) => ({ level: Math.max(3, signs?.length ?? 3) })),
  ],
});
