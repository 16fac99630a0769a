import type { Answers } from '#app/questionnaire/record.ts'
import type { Random } from '#db/seeds/random.ts'

// poor: 0 (well off) … 1 (poorest). House and belongings hang together, as they do in a village.
export function housingOf(random: Random, poor: number): Answers {
  const own = random.chance(0.85)
  const lighting = random.chance(0.97) ? 1 : 2
  const plnPower = poor > 0.4 ? 1 : random.pick([1, 2, 2, 3])
  const wallType = poor > 0.75 ? random.pick([3, 4, 6]) : 1
  const roofType = random.weighted([[4, 70], [5, 8], [6, 14], [1, 8]])
  const toiletUse = poor > 0.85 ? random.pick([2, 3, 4]) : 1
  const drinkingWater = random.weighted([[6, 40], [5, 25], [3, 15], [2, 12], [7, 8]])
  return {
    buildingTenure: own ? 1 : 3, ...(own ? { landTenure: random.pick([1, 1, 1, 2]) } : {}), floorAreaM2: Math.round(96 - poor * 66 + random.int(-8, 8)),
    floorType: poor > 0.8 ? random.pick([6, 9]) : poor > 0.4 ? 6 : random.pick([2, 4]), wallType,
    ...(wallType <= 3 ? { wallCondition: poor > 0.5 ? 2 : 1 } : {}), roofType, roofCondition: poor > 0.5 ? 2 : 1, bedroomCount: random.int(1, 3),
    drinkingWater, ...(drinkingWater === 3 ? { waterProvider: 2, waterMeterId: String(random.int(100_000, 999_999)) } : {}),
    waterAcquisition: drinkingWater === 2 ? 1 : drinkingWater === 3 ? 2 : 3, lighting,
    ...(lighting === 1 ? { plnPower, plnCustomerId: `52${String(random.int(0, 9_999_999_999)).padStart(10, '0')}` } : {}),
    cookingFuel: poor > 0.85 ? 8 : 3, toiletUse, ...(toiletUse !== 4 ? { toiletType: random.pick([1, 1, 3]) } : {}), fecalDisposal: poor > 0.7 ? 3 : 1,
  }
}

const BELONGINGS: Record<string, number> = {
  hasGasCylinder: 0.05, hasFridge: 0.5, hasAc: 0.02, hasWaterHeater: 0.01, hasLandline: 0.01, hasTv: 0.85, hasGold: 0.1, hasComputer: 0.12,
  hasBicycle: 0.5, hasMotorcycle: 0.8, hasCar: 0.04, hasBoat: 0.01, hasOutboardMotor: 0.01, hasMotorboat: 0, hasShip: 0, hasOtherHouse: 0.02,
}
const CARDS = { progKks: 'hasKks', progKip: 'hasKip', progKis: 'hasPbi', progPkh: 'hasPkh', progRastra: 'hasSembako' } as const
const ODDS: Record<keyof typeof CARDS, number> = { progKks: 0.35, progKip: 0.2, progKis: 0.6, progPkh: 0.3, progRastra: 0.4 }

// A programme of the household is a card in the head's hand, so that both blocks say the same.
export function assetsOf(random: Random, poor: number, people: Answers[]): Answers {
  const assets = Object.fromEntries(Object.entries(BELONGINGS).map(([key, odds]) => [key, random.chance(odds * (1.3 - poor))]))
  const hasLand = random.chance(0.3 * (1.2 - poor))
  const programmes = Object.fromEntries(Object.entries(CARDS).map(([programme, card]) => {
    const takes = random.chance(ODDS[programme as keyof typeof CARDS] * (0.4 + poor))
    if (takes) people[0]![card] = true
    return [programme, takes]
  }))
  if (programmes.progKis) people[0]!.pbiNumber = `00010${random.int(10_000_000, 99_999_999)}`
  return {
    ...assets, hasLand, ...(hasLand ? { landAreaM2: random.int(60, 1500) } : {}), cattleCount: random.chance(0.15) ? random.int(1, 3) : 0,
    buffaloCount: 0, horseCount: 0, pigCount: 0, goatSheepCount: random.chance(0.25) ? random.int(1, 6) : 0, anyMemberHasBusiness: false,
    ...programmes, progBpjsMandiri: random.chance(0.1), progJamsostek: random.chance(0.05), progOtherInsurance: false, progKur: random.chance(0.05),
  }
}
