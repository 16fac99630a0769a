import type { Row as Found } from '#app/dashboards/rows.ts'
import type { Stage } from '#app/households/stages.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { pageHref, rowsHref, type Where } from '#views/dashboards/links.ts'
import { blockTitle, questionWords } from '#views/dashboards/words.ts'
import { formatDate } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

// Which number is looked behind: a long wait, an incomplete block or a remark.
export type Behind = { stage: Stage, days: number } | { lack: string } | { question: string }
type Props = { where: Where, behind: Behind, village: string, rows: Found[], next?: string, actor: Actor }

const paramsOf = (behind: Behind): Record<string, string> => 'stage' in behind ? { stage: behind.stage, days: String(behind.days) } : { ...behind }

function wordsFor(behind: Behind) {
  if ('stage' in behind) return { title: `${STAGE_WORDS[behind.stage]}, lebih dari ${behind.days} hari`, page: 'stages' as const, at: 'Sejak', note: 'Petugas' }
  if ('lack' in behind) return { title: `Belum lengkap: ${blockTitle(behind.lack)}`, page: 'results' as const, at: 'Dikunjungi', note: 'Blok yang belum lengkap' }
  return { title: `Catatan pada ${questionWords(behind.question).label}`, page: 'returns' as const, at: 'Diperiksa', note: 'Catatan' }
}

const noteOf = (behind: Behind, { note, officer }: Found) =>
  'stage' in behind ? officer ?? '–' : 'lack' in behind ? note.split(',').filter(Boolean).map(blockTitle).join(', ') : note

export const RowsPage = ({ where, behind, village, rows, next, actor }: Props) => {
  const { title, page, at, note } = wordsFor(behind)
  const reviews = can(actor, 'visit.check') || can(actor, 'visit.verify')
  return (
    <Stack>
      <PageHead title={title} trail={[{ href: pageHref(page, where), label: `Dasbor ${village}` }]} lead={village} />
      {rows.length === 0 ? <EmptyState title="Tidak ada lagi di sini">Angka di dasbor menyusul sebentar lagi.</EmptyState> : (
        <>
          <Table caption={title} hideCaption bodyId="baris" columns={['Rumah tangga', 'Tahap', at, note, ...(reviews ? [{ label: 'Pemeriksaan', hide: true }] : [])]}>
            {rows.map((row) => (
              <Row>
                <Cell label="Rumah tangga" lead><div><a href={`/households/${row.id}`}>{row.headName}</a><br /><small class="hint">{row.address}</small></div></Cell>
                <Cell label="Tahap">{STAGE_WORDS[row.stage]}</Cell>
                <Cell label={at}>{formatDate(row.at)}</Cell>
                <Cell label={note}>{noteOf(behind, row)}</Cell>
                {reviews && <Cell label="Pemeriksaan" actions>{row.visitId ? <a href={`/reviews/${row.visitId}`}>Buka kunjungan<span class="unseen"> {row.headName}</span></a> : '–'}</Cell>}
              </Row>
            ))}
          </Table>
          <Pager bodyId="baris" nextHref={next === undefined ? undefined : rowsHref(where, { ...paramsOf(behind), after: next })} />
        </>
      )}
    </Stack>
  )
}
