import type { FunnelStep, Waiting } from '#app/dashboards/waiting.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { Frame, type FrameProps } from '#views/dashboards/frame.tsx'
import { fileHref, householdsHref, queueHref, rowsHref } from '#views/dashboards/links.ts'
import { daysWord, decides, FUNNEL_LABELS } from '#views/dashboards/words.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { Funnel, StackedBars } from '#views/ui/chart.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { frame: FrameProps, funnel: FunnelStep[], waiting: Waiting[], withdrawn: number, actor: Actor }

export const StagesPage = ({ frame, funnel, waiting, withdrawn, actor }: Props) => (
  <Frame frame={frame} page="stages">
    {waiting.length === 0 ? <EmptyState title="Belum ada rumah tangga di wilayah ini" /> : (
      <>
        <Card title="Sampai mana datanya">
          <Funnel title="Rumah tangga yang sudah sampai pada setiap langkah" description={`Keadaan sekarang, tidak bergantung pada rentang tanggal.${withdrawn > 0 ? ` ${formatNumber(withdrawn)} rumah tangga yang ditarik tidak dihitung.` : ''}`}
            steps={funnel.map(({ key, count }) => ({ label: FUNNEL_LABELS[key]!, count }))} />
        </Card>
        <Card title="Lama menunggu di setiap tahap" actions={<LinkButton href={fileHref('stages', frame.where)} download>Unduh CSV</LinkButton>}>
          <StackedBars bare title="Rumah tangga menurut lama menunggu" labelHeading="Tahap" series={[{ key: 'fresh', label: 'Sampai 7 hari', tone: 1 }, { key: 'week', label: '8 sampai 14 hari', tone: 3 }, { key: 'long', label: 'Lebih dari 14 hari', tone: 4 }]}
            rows={waiting.filter(({ stage }) => stage !== 'determined').map(({ stage, count, over7, over14 }) => ({ label: STAGE_WORDS[stage], href: householdsHref({ region: frame.place.code, stage }), values: { fresh: count - over7, week: over7 - over14, long: over14 } }))} />
          <Ages frame={frame} waiting={waiting} actor={actor} />
        </Card>
      </>
    )}
  </Frame>
)

const Ages = ({ frame: { where, place }, waiting, actor }: Pick<Props, 'frame' | 'waiting' | 'actor'>) => (
  <Table caption={`Lama menunggu; pilih angka untuk membuka daftarnya${place.isVillage ? '' : '. Daftar yang menunggu lama ada di halaman desa'}`} dense
    columns={['Tahap', right('Rumah tangga'), right('Nilai tengah'), right('Terlama'), right('> 7 hari'), right('> 14 hari'), { label: 'Antrean', align: 'right' }]}>
    {waiting.map(({ stage, count, median, oldest, over7, over14 }) => {
      const long = (days: number, n: number) => n > 0 && place.isVillage
        ? <a href={rowsHref(where, { stage, days: String(days), region: place.code })} aria-label={`${STAGE_WORDS[stage]} lebih dari ${days} hari: ${formatNumber(n)}`}>{formatNumber(n)}</a> : formatNumber(n)
      return (
        <Row>
          <Cell label="Tahap" lead>{STAGE_WORDS[stage]}</Cell>
          <Cell label="Rumah tangga" align="right"><a href={householdsHref({ region: place.code, stage })} aria-label={`${STAGE_WORDS[stage]}: ${formatNumber(count)}`}>{formatNumber(count)}</a></Cell>
          <Cell label="Nilai tengah" align="right">{daysWord(median)}</Cell>
          <Cell label="Terlama" align="right">{daysWord(oldest)}</Cell>
          <Cell label="> 7 hari" align="right">{long(7, over7)}</Cell>
          <Cell label="> 14 hari" align="right">{long(14, over14)}</Cell>
          <Cell label="Antrean" align="right">{decides(actor, stage) ? <a href={queueHref(place.code)}>Buka antrean<span class="unseen"> {STAGE_WORDS[stage]}</span></a> : '–'}</Cell>
        </Row>
      )
    })}
  </Table>
)
