import type { Answers } from '#app/questionnaire/record.ts'
import type { Random } from '#db/seeds/random.ts'

// wealth: 0 the poorest … 1. House, belongings and programmes follow it, as they do in life.
export function makeHome(random: Random, wealth: number): Answers {
  const better = (probability: number) => random.chance(Math.min(0.98, probability * (0.5 + wealth)))
  const building = random.weighted([[86, 1], [4, 2], [10, 3]] as const)
  const wall = random.weighted([[55 + wealth * 40, 1], [8, 2], [14, 3], [16 * (1.2 - wealth), 4], [6, 6]] as const)
  const roof = random.weighted([[8, 1], [14, 2], [64, 4], [8, 5], [6, 6]] as const)
  const water = random.weighted([[8, 2], [14, 3], [16, 5], [48, 6], [10, 7], [4, 8]] as const)
  const power = random.weighted([[52, 1], [38, 2], [wealth * 10, 3], [5, 6]] as const)
  const toilet = random.weighted([[76, 1], [17, 2], [3, 3], [4 * (1.5 - wealth), 4]] as const)
  const cattle = random.weighted([[78, 0], [14, 1], [8, 2]] as const)
  return {
    buildingTenure: building, ...(building === 1 ? { landTenure: random.weighted([[80, 1], [16, 2], [4, 4]] as const) } : {}),
    floorAreaM2: random.between(21, 60) + Math.round(wealth * 40),
    floorType: random.weighted([[14 + wealth * 40, 2], [14, 4], [46, 6], [22 * (1.2 - wealth), 9]] as const),
    wallType: wall, ...(wall <= 3 ? { wallCondition: better(0.6) ? 1 : 2 } : {}),
    roofType: roof, ...(roof <= 7 ? { roofCondition: better(0.6) ? 1 : 2 } : {}),
    bedroomCount: random.between(1, 3), drinkingWater: water,
    ...(water === 3 ? { waterProvider: 2, waterMeterId: `0${random.between(100_000, 999_999)}` } : {}),
    waterAcquisition: water === 2 ? 1 : water === 3 ? 2 : 3,
    lighting: 1, plnPower: power, ...(power === 6 ? {} : { plnCustomerId: `52${random.between(10_000, 99_999)}${random.between(10_000, 99_999)}` }),
    cookingFuel: random.weighted([[70, 3], [28 * (1.2 - wealth), 8], [2, 9]] as const),
    toiletUse: toilet, ...(toilet === 4 ? {} : { toiletType: random.weighted([[82, 1], [6, 2], [12, 3]] as const) }),
    fecalDisposal: toilet === 4 ? random.pick([4, 5]) : random.weighted([[58, 1], [40, 3], [2, 4]] as const),
    hasGasCylinder: better(0.08), hasFridge: better(0.35), hasAc: false, hasWaterHeater: false, hasLandline: false, hasTv: better(0.8),
    hasGold: better(0.05), hasComputer: better(0.08), hasBicycle: better(0.6), hasMotorcycle: better(0.7), hasCar: better(0.02),
    hasBoat: false, hasOutboardMotor: false, hasMotorboat: false, hasShip: false, ...land(random, better(0.25)), hasOtherHouse: better(0.02),
    cattleCount: cattle, buffaloCount: 0, horseCount: 0, pigCount: 0, goatSheepCount: random.weighted([[60, 0], [14, 1], [16, 2], [10, 4]] as const),
  }
}

const land = (random: Random, owns: boolean): Answers => owns ? { hasLand: true, landAreaM2: random.between(2, 30) * 50 } : { hasLand: false }

export type Programmes = { pkh: boolean, kks: boolean, kip: boolean, pbi: boolean, sembako: boolean }

export function makeProgrammes(random: Random, wealth: number, pupils: number): Programmes {
  const poor = (probability: number) => random.chance(Math.min(0.95, probability * (1.6 - wealth)))
  const pkh = poor(0.34)
  const sembako = pkh || poor(0.3)
  return { pkh, sembako, kks: pkh || sembako, kip: pupils > 0 && poor(0.4), pbi: pkh || poor(0.55) }
}

export const programmeAnswers = (random: Random, { pkh, kks, kip, pbi, sembako }: Programmes): Answers => ({
  progKks: kks, progKip: kip, progKis: pbi, progBpjsMandiri: !pbi && random.chance(0.2), progJamsostek: random.chance(0.06),
  progOtherInsurance: false, progPkh: pkh, progRastra: sembako, progKur: random.chance(0.04),
})
