import type { Verdict } from '#app/audit/audit.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, LinkButton } from '#views/ui/button.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { PageHead } from '#views/ui/page.tsx'

export const VerdictPage = ({ verdict: { count, lastHash, broken } }: { verdict: Verdict }) => (
  <>
    <PageHead title="Pemeriksaan rantai" trail={[{ href: '/audit', label: 'Jejak audit' }]} />
    {broken ? (
      <Notice tone="bad" title={`Rantai rusak pada baris ${formatNumber(broken.seq)}`}>
        <p>Sebab: {broken.reason}. Baris sebelum itu utuh. Hentikan perubahan pada server dan bandingkan dengan cadangan terakhir.</p>
      </Notice>
    ) : (
      <Notice tone="good" title={`Rantai utuh, ${formatNumber(count)} baris`}>
        <p>Hash terakhir: <code class="hash">{lastHash}</code></p>
        <p>Catat hash ini di luar sistem: siapa pun yang mengganti seluruh jejak akan ketahuan karena hash-nya berbeda.</p>
      </Notice>
    )}
    <ActionBar><LinkButton href="/audit">Kembali ke jejak audit</LinkButton></ActionBar>
  </>
)
