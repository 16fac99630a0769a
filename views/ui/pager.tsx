type PagerProps = { nextHref?: string | null, previousHref?: string | null, bodyId?: string, note?: string }

// Keyset paging. Plain links; with htmx the next rows are picked out of the next page and added under the table.
export const Pager = ({ nextHref, previousHref, bodyId, note }: PagerProps) => {
  const id = bodyId ? `${bodyId}-pager` : undefined
  const append = bodyId && nextHref
    ? { 'hx-get': nextHref, 'hx-select': `#${bodyId} > tr`, 'hx-target': `#${bodyId}`, 'hx-swap': 'beforeend', 'hx-select-oob': `#${id}` }
    : {}
  return (
    <nav class="pager" id={id} aria-label="Halaman daftar">
      {note && <p class="hint">{note}</p>}
      {previousHref && <a class="button secondary" href={previousHref} rel="prev">← Sebelumnya</a>}
      {nextHref && <a class="button secondary" href={nextHref} rel="next" {...append}>Berikutnya →</a>}
    </nav>
  )
}
