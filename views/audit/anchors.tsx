import type { Anchor, Compared } from '#app/audit/anchors.ts'
import type { Problem } from '#app/problems.ts'
import { Notice } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

// mayTake: the trail itself is the auditor's to carry away; the seals anybody's who reads it.
type Props = { anchors: Anchor[], next?: string, mayTake: boolean, compared?: Compared, typed?: string, problem?: Problem }

export const AnchorsPage = ({ anchors, next, mayTake, compared, typed = '', problem }: Props) => (
  <Stack>
    <PageHead title="Segel harian" trail={[{ href: '/audit', label: 'Jejak audit' }]}
      lead="Setiap hari yang sudah lewat punya satu segel: nomor dan hash baris terakhirnya. Simpan salinannya di kantor lain. Siapa pun yang menulis ulang jejak ini, pemilik server sekalipun, tidak bisa membuatnya cocok lagi dengan segel yang disimpan di sana." />
    {compared && <Outcome compared={compared} />}
    <Card title="Cocokkan dengan catatan kantor lain">
      <Form action="/audit/anchors">
        <TextArea name="anchors" label="Tempel segel yang disimpan" value={typed} rows={6} required error={problem?.fields.anchors} hint="Satu baris per hari: tanggal, nomor baris, hash." />
        <Button>Cocokkan</Button>
      </Form>
    </Card>
    <Card title="Segel yang ada di sini" actions={anchors.length > 0 && <LinkButton href="/audit/anchors.txt" download>Unduh segel</LinkButton>}>
      {anchors.length === 0 ? <EmptyState title="Belum ada segel">Segel pertama dibuat setelah hari pertama berakhir.</EmptyState> : (
        <>
          <p>Berkas yang diunduh memuat semua segel sejak hari pertama.</p>
          <Table caption="Segel harian" hideCaption dense columns={['Hari', { label: 'Baris terakhir', align: 'right' }, 'Hash']} bodyId="segel">
            {anchors.map(({ day, seq, hash }) => (
              <Row><Cell label="Hari" lead>{formatDate(day)}</Cell><Cell label="Baris terakhir" align="right">{formatNumber(seq)}</Cell><Cell label="Hash"><code class="hash">{hash}</code></Cell></Row>
            ))}
          </Table>
          <Pager nextHref={next && `/audit/anchors?before=${next}`} bodyId="segel" />
        </>
      )}
    </Card>
    <Card title="Memeriksa tanpa sistem ini">
      <p>{mayTake ? 'Unduh jejak dan program pemeriksa' : 'Minta auditor mengunduh jejaknya, unduh program pemeriksa'} (30 baris, hanya perlu Node), lalu jalankan: <code>node periksa-jejak.js jejak-audit.jsonl segel.txt</code>. Jejak memuat catatan yang bisa menyebut nama orang; perlakukan sebagai data rahasia.</p>
      <p>{mayTake && <LinkButton href="/audit/trail.jsonl" download>Unduh jejak</LinkButton>} <LinkButton href="/audit/periksa-jejak.js" download>Unduh program pemeriksa</LinkButton></p>
    </Card>
  </Stack>
)

const Outcome = ({ compared: { kept, lastGood, firstBad, broken } }: { compared: Compared }) => firstBad ? (
  <Notice tone="bad" title={`Segel ${formatDate(firstBad.day)} tidak cocok`}>
    <p>{lastGood ? `Sampai baris ${formatNumber(lastGood.seq)} (${formatDate(lastGood.day)}) jejak masih yang dahulu.` : 'Tidak ada satu pun segel sebelumnya yang cocok.'}{' '}
      {broken ? `Baris ${formatNumber(broken.seq)} yang pertama rusak: ${broken.reason}.` : `Baris sesudahnya sampai ${formatNumber(firstBad.seq)} ditulis ulang seluruhnya.`} Bandingkan dengan cadangan dari hari itu.</p>
  </Notice>
) : <Notice tone="good" title={`${formatNumber(kept)} segel cocok`}><p>Jejak sampai baris {formatNumber(lastGood!.seq)} masih sama dengan yang disegel pada {formatDate(lastGood!.day)}.</p></Notice>
