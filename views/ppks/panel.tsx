import type { DescribedService } from '#app/ppks/serving.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { MODES, MODE_TONES } from '#views/ppks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { recipient: Recipient, category: string, rule: string, services: DescribedService[], mayServe: boolean }

export const PpksPanel = ({ recipient, category, rule, services, mayServe }: Props) => (
  <Card title="Layanan" id="layanan" actions={mayServe && recipient.phase !== 'ended' && <LinkButton href={`/ppks/services/new?recipient=${recipient.id}`} tone="primary" small>Catat layanan atau rujukan</LinkButton>}>
    <p>Kategori: <strong>{category}</strong>{rule && ` (${rule})`}. {recipient.sensitive && <Badge tone="warn">Kategori sensitif</Badge>}</p>
    {recipient.sensitive && <p class="hint">Hanya Dinsos kabupaten/kota dan Kemensos yang melihat data ini. Jangan menyebutkannya di luar penanganan.</p>}
    {services.length === 0 ? <p class="hint">Belum ada layanan yang dicatat. Layanan yang diberikan dan rujukan ke lembaga dicatat di sini.</p> : (
      <Table caption="Layanan yang diberikan dan rujukan" hideCaption dense columns={['Tanggal', 'Layanan', 'Oleh / dirujuk ke', 'Hasil']}>
        {services.map((service) => <ServiceRow service={service} />)}
      </Table>
    )}
  </Card>
)

const ServiceRow = ({ service: { id, servedOn, mode, kindLabel, who, result } }: { service: DescribedService }) => (
  <Row>
    <Cell label="Tanggal" lead><a href={`/ppks/services/${id}`}>{formatDate(servedOn)}</a></Cell>
    <Cell label="Layanan"><div><Badge tone={MODE_TONES[mode]}>{MODES[mode]}</Badge> {kindLabel}</div></Cell>
    <Cell label="Oleh / dirujuk ke">{who}</Cell>
    <Cell label="Hasil">{result || (mode === 'referred' ? 'menunggu kabar' : '–')}</Cell>
  </Row>
)
