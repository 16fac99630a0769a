import type { Answer } from '#test/support/answers.ts'
import { agus, aulia, mega, nia, rina } from '#test/support/world.ts'

// Whoever answers for the data of people: Dinsos of its region, the ministry, the administrator; the auditor counts.
const READERS = [rina, mega, agus, aulia]
const breach = (path: string, ...allow: typeof READERS): Answer => ({ at: `/protection/breaches/breach${path}`, allow })
const REGION = '?region=34.02.01.2001'
const dinsos = (path: string, fields?: Record<string, string>): Answer => ({ at: `/protection/cases/case${path}`, allow: [rina], fields })

export const PROTECTION_ANSWERS: Record<string, Answer> = {
  'GET /protection': { allow: READERS, elsewhere: [nia] }, 'GET /protection/retention': { allow: READERS, elsewhere: [nia] }, 'GET /protection/register': { allow: READERS, elsewhere: [nia] },
  'GET /protection/breaches': { allow: READERS, elsewhere: [nia] }, 'GET /protection/breaches/new': { allow: [mega, agus] }, 'POST /protection/breaches': { allow: [mega, agus] },
  'GET /protection/breaches/:id': breach('', ...READERS), 'GET /protection/breaches/:id/people': breach(`/people${REGION}`, rina, mega), 'GET /protection/breaches/:id/letters': breach(`/letters${REGION}`, rina, mega),
  'POST /protection/breaches/:id/steps': { ...breach('/steps', mega, agus), fields: { revision: '1', kind: 'note', note: 'dicatat' } },
  'GET /protection/cases': { allow: [rina, aulia], elsewhere: [nia] }, 'GET /protection/cases/new': { allow: [rina], elsewhere: [nia] }, 'POST /protection/cases': { allow: [rina], elsewhere: [nia] },
  'GET /protection/cases/:id': dinsos(''), 'POST /protection/cases/:id/file': dinsos('/file'), 'POST /protection/cases/:id/reply': dinsos('/reply', { revision: '1', status: 'answered', reply: 'Salinan diserahkan di loket.' }),
}
