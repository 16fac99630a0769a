import type { Breach, Concerned } from '#app/protection/breaches.ts'
import type { Why } from '#app/protection/concerned.ts'
import { BREACHES_TRAIL, WHY } from '#views/protection/words.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { formatNumber, maskNik } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { breach: Breach, place: string, region: string, rows: Concerned[], next?: string }

export const ConcernedPage = ({ breach, place, region, rows, next }: Props) => (
  <Stack>
    <PageHead title={`Yang terdampak di ${place}`} trail={[...BREACHES_TRAIL, { href: `/protection/breaches/${breach.id}`, label: 'Kejadian' }]}
      actions={<LinkButton href={`/protection/breaches/${breach.id}/letters?region=${region}`}>Surat pemberitahuan</LinkButton>} />
    <Card>
      <Table caption="Rumah tangga yang terdampak" hideCaption columns={['Kepala rumah tangga', 'NIK kepala', 'Alamat', right('Orang'), 'Sebab']} bodyId="orang">
        {rows.map((row) => (
          <Row>
            <Cell label="Kepala rumah tangga" lead>{row.headName}</Cell><Cell label="NIK kepala">{maskNik(row.headNik)}</Cell><Cell label="Alamat">{[row.address, row.slsName].filter(Boolean).join(', ')}</Cell>
            <Cell label="Orang" align="right">{formatNumber(row.people)}</Cell><Cell label="Sebab">{WHY[row.why as Why]}</Cell>
          </Row>
        ))}
      </Table>
      <Pager nextHref={next && `/protection/breaches/${breach.id}/people?region=${region}&after=${next}`} bodyId="orang" />
    </Card>
  </Stack>
)
