import type { CaseCounts } from '#app/protection/cases.ts'
import type { ListedBreach } from '#app/protection/breaches.ts'
import type { Leaving } from '#app/protection/register.ts'
import { actionWords } from '#app/audit/words.ts'
import { leftWords } from '#views/protection/clock.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Columns, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { keyId?: string, breaches: ListedBreach[], counts?: CaseCounts, leaving: Leaving[], now: string }

export const OverviewPage = ({ keyId, breaches, counts, leaving, now }: Props) => (
  <Stack>
    <PageHead title="Pelindungan data" lead="Kewajiban menurut UU 27/2022 tentang Pelindungan Data Pribadi, dan keadaannya sekarang." />
    {keyId === undefined && <Notice tone="warn" title="Data tersimpan tanpa enkripsi"><p>Siapa pun yang memegang disk server dapat membacanya. Admin menyalakannya dengan <code>npm run keys -- make</code>, lalu <code>npm run keys -- encrypt</code>; langkahnya ada di panduan.</p></Notice>}
    <Stats items={[
      { label: 'Enkripsi', value: keyId === undefined ? 'Mati' : 'Menyala', note: keyId && `kunci ${keyId}`, tone: keyId === undefined ? 'warn' : 'good' },
      { label: 'Kejadian terbuka', value: formatNumber(breaches.length), href: '/protection/breaches', tone: breaches.length > 0 ? 'bad' : 'good' },
      ...(counts ? [{ label: 'Permohonan menunggu', value: formatNumber(counts.open), href: '/protection/cases', note: counts.late > 0 ? `${formatNumber(counts.late)} lewat batas` : undefined, tone: counts.late > 0 ? 'bad' as const : 'neutral' as const }] : []),
    ]} />
    {breaches.length > 0 && (
      <Card title="Waktu berjalan" tone="bad">
        <ul class="plain">{breaches.map((one) => <li><a href={`/protection/breaches/${one.id}`}>{one.about}</a>: {leftWords(one.dueAt, now)}</li>)}</ul>
      </Card>
    )}
    <Columns>
      <Card title="Kewajiban">
        <ul>
          <li><a href="/protection/breaches">Kegagalan pelindungan</a>: waktu 3 × 24 jam dan daftar yang terdampak (pasal 46)</li>
          {counts && <li><a href="/protection/cases">Permohonan warga</a>: salinan dan perbaikan data pribadi (pasal 6 sampai 8)</li>}
          <li><a href="/protection/register">Catatan pemrosesan</a>: tujuan, dasar hukum, penerima (pasal 31)</li>
          <li><a href="/protection/retention">Masa simpan data</a>: apa yang dihapus dan kapan (pasal 16)</li>
        </ul>
      </Card>
      <Card title="Permohonan yang dijawab">
        {counts ? <p>{formatNumber(counts.answered)} dijawab, {formatNumber(counts.refused)} ditolak dengan alasan; {formatNumber(counts.inTime)} di antaranya tepat waktu.</p> : <p>Dikerjakan Dinsos kabupaten/kota.</p>}
      </Card>
    </Columns>
    <Card title="Data yang keluar, 30 hari terakhir" actions={<LinkButton href="/exports">Berita acara</LinkButton>}>
      {leaving.length === 0 ? <p class="hint">Tidak ada berkas, cetakan, atau paket yang keluar.</p> : (
        <Table caption="Data yang keluar" hideCaption dense columns={['Cara', right('Kali'), 'Terakhir']}>
          {leaving.map(({ action, count, last }) => <Row><Cell label="Cara" lead>{actionWords(action)}</Cell><Cell label="Kali" align="right">{formatNumber(count)}</Cell><Cell label="Terakhir">{formatDateTime(last)}</Cell></Row>)}
        </Table>
      )}
    </Card>
  </Stack>
)
