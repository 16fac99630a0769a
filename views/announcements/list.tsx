import type { ListedAnnouncement } from '#app/announcements/announcements.ts'
import { Words } from '#views/announcements/card.tsx'
import { audience, STATES } from '#views/announcements/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'

export const AnnouncementListPage = ({ rows, next, writes }: { rows: ListedAnnouncement[], next?: number, writes: boolean }) => (
  <Stack>
    <PageHead title="Pengumuman" lead={writes ? 'Tampil di Beranda mereka yang dituju sampai tanggalnya, atau sampai mereka menekan “Sudah dibaca”.' : 'Yang disampaikan kepada Anda, juga yang sudah lewat.'}
      actions={writes ? <LinkButton href="/announcements/new" tone="primary">Tulis pengumuman</LinkButton> : undefined} />
    {rows.length === 0 && <EmptyState title="Belum ada pengumuman" />}
    {rows.map((row) => (
      <Card title={row.title} id={`pengumuman-${row.number}`} actions={<Badge tone={STATES[row.state].tone}>{STATES[row.state].label}</Badge>}>
        <p><Words text={row.text} /></p>
        <p class="hint">{`${row.by}, ${formatDateTime(row.writtenAt)}. Untuk ${audience(row)}. Sampai ${formatDate(row.untilOn)}.`}{row.readers !== undefined && ` Dibaca ${formatNumber(row.readers)} orang.`}</p>
        <div class="card-actions">
          {row.state === 'shown' && row.isMine && !row.read && <PostButton action={`/announcements/${row.id}/reading`} fields={{ from: 'list' }} tone="secondary" small aria-label={`Sudah dibaca: ${row.title}`}>Sudah dibaca</PostButton>}
          {row.mayEnd && <PostButton action={`/announcements/${row.id}/ending`} tone="danger" small aria-label={`Hentikan: ${row.title}`}>Hentikan</PostButton>}
        </div>
      </Card>
    ))}
    <Pager nextHref={next === undefined ? undefined : `/announcements?before=${next}`} />
  </Stack>
)
