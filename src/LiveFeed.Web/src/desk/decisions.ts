import { askForReturn } from './approval.js';
import { askDraft, type DraftRequest, type KeptDraft } from './drafts.js';
import type { Notice } from './notice.js';

/** What is decided on drafts in the list: each decision is told by the line of the form, and the list is read again. */
export class Decisions {
  constructor(
    private readonly notice: Notice,
    private readonly refresh: () => void,
  ) {}

  publish(draft: KeptDraft): void {
    void this.decide(draft, { method: 'POST', what: 'publication' }, 'Published.');
  }

  takeBack(draft: KeptDraft): void {
    void this.decide(draft, { method: 'DELETE', what: 'submission' }, 'Taken back: it is a draft again.');
  }

  unschedule(draft: KeptDraft): void {
    void this.decide(draft, { method: 'DELETE', what: 'schedule' }, 'It is off the schedule, and waits for an editor.');
  }

  discard(draft: KeptDraft): void {
    void this.decide(draft, { method: 'DELETE' }, 'The draft is thrown away.');
  }

  async sendBack(draft: KeptDraft): Promise<void> {
    const note = await askForReturn(draft.content.headline ?? draft.excerpt ?? '');
    if (note !== undefined) await this.decide(draft, { method: 'POST', what: 'return', body: { note } }, 'Sent back.');
  }

  private async decide({ feed, id, version }: KeptDraft, request: DraftRequest, done: string): Promise<void> {
    this.notice.say('wait', 'Sending…');
    const answer = await askDraft(feed, id, { ...request, version });
    switch (answer.kind) {
      case 'on-its-way': this.notice.say('wait', 'Not live yet: the server goes on trying. The list shows when it is on the air.'); break;
      case 'changed': this.notice.say('bad', `${answer.draft.changedBy} changed this draft meanwhile. Look at it as it is now.`); break;
      case 'refused':
      case 'away': this.notice.say('bad', answer.why); break;
      default: this.notice.say('good', done);
    }
    this.refresh();
  }
}
