/// <reference lib="dom" />

/**
 * What the pages do in a browser: one key steps to the next failure, and a live page follows its run.
 * It is sent as its own text, so it can use nothing that is not in it.
 */
export function runViewer(): void {
  const KEY = 'matrix-sim one-key';
  const box = document.querySelector<HTMLInputElement>('#one-key');
  const failing = () => [...document.querySelectorAll<HTMLElement>('[data-fails]')];

  /** Whoever speaks to a browser, or whose keys stick, can turn single keys off. */
  function watchKeys(toggle: HTMLInputElement): void {
    toggle.checked = localStorage.getItem(KEY) !== 'off';
    toggle.addEventListener('change', () =>
      localStorage.setItem(KEY, toggle.checked ? 'on' : 'off'),
    );
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !toggle.checked) return;
      const typing =
        event.target instanceof Element &&
        event.target.closest('input:not([type=checkbox], [type=radio]), select, textarea');
      if (typing) return;
      if (event.key === 'n') step(1);
      else if (event.key === 'p') step(-1);
    });
  }

  function step(by: 1 | -1): void {
    const all = failing();
    const here = document.activeElement;
    const now = all.findIndex((each) => each === here || each.contains(here));
    const next = now === -1 && by === -1 ? undefined : all[now + by];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: 'center' });
    } else if (by === 1) {
      document.querySelector<HTMLAnchorElement>('#next-failure, a[rel=next]')?.click();
    }
  }

  function follow(list: HTMLElement, events: string): void {
    const put = (id: string, text: string) => {
      const place = document.querySelector(`#${id}`);
      if (place) place.textContent = text;
    };
    const source = new EventSource(events);
    source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      const state = JSON.parse(data) as Record<'state' | 'counts' | 'spent', string> & {
        held: number;
        isRunning: boolean;
      };
      put('state', state.state);
      put('counts', state.counts);
      put('spent', state.spent);
      const bar = document.querySelector<HTMLProgressElement>('#progress');
      if (bar) bar.value = state.held;
      const stop = document.querySelector<HTMLElement>('#stop');
      if (stop) stop.hidden = !state.isRunning;
    });
    source.addEventListener('failure', ({ data }: MessageEvent<string>) => {
      const { href, name } = JSON.parse(data) as Record<'href' | 'name', string>;
      const link = document.createElement('a');
      link.textContent = name;
      link.href = href;
      link.dataset.fails = '';
      const item = document.createElement('li');
      item.append(link);
      list.prepend(item);
    });
    source.addEventListener('end', () => source.close());
  }

  if (box) watchKeys(box);
  const list = document.querySelector<HTMLElement>('#failures');
  if (list?.dataset.events !== undefined) follow(list, list.dataset.events);
}
