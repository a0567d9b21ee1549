"""The words that watches, files and accounts use for a sport; not what a sport does to the legs."""

import unicodedata
from types import MappingProxyType

from sidestep.domain.vocabulary.sport import Sport

_NAMES: dict[Sport, str] = {
    Sport.RUN: """
        run, running, jog, jogging, road run, road running, street running, street run, street,
        track, track run, track running, outdoor run, outdoor running, ultra run, ultra running,
        race, race run, obstacle run, run interval, workout run, long run, xc run, run sport,
        laufen, lauf, laufsport, dauerlauf, straßenlauf, bahnlauf,
        course, course à pied, carrera, correr, correr a pie, corsa, hardlopen, löpning, løb,
        løping, corrida, bieganie, bieg, hardloopsessie, löpning, juoksu, běh, futás, koşu, бег,
        забег, løpetur, 跑步, ランニング, ラン, 달리기,
        laufen im freien, outdoor laufen, outdoor lauf, carrera al aire libre, corsa all'aperto,
        course à pied en extérieur, course en extérieur, corrida ao ar livre, buiten hardlopen,
        бег на улице, 户外跑步, 户外跑, 戶外跑步, 屋外ランニング, 실외 달리기, 야외 달리기
        """,
    Sport.TRAIL_RUN: """
        trail, trail run, trail running, trailrun, mountain running, fell running, sky running,
        cross country running, traillauf, trail lauf, geländelauf, berglauf, course de trail,
        trail course, carrera de montaña, carrera por montaña, trail correr, 越野跑, 트레일 달리기
        """,
    Sport.TREADMILL_RUN: """
        treadmill, treadmill run, treadmill running, running treadmill, indoor run,
        indoor running, indoor run treadmill, virtual run, virtual running, indoor track,
        indoor track running, laufband, laufbandlauf, laufbandtraining, virtueller lauf,
        indoor lauf, course virtuelle, tapis de course, course sur tapis, carrera virtual,
        cinta de correr, indoor laufen, carrera en interior, carrera en cinta, corsa al coperto,
        corsa indoor, course en intérieur, corrida interna, corrida na esteira, binnen hardlopen,
        бег в помещении, беговая дорожка, 室内跑步, 室内跑, 室內跑步, 跑步机, 跑步機,
        室内ランニング, トレッドミル, 실내 달리기
        """,
    Sport.WALK: """
        walk, walking, casual walking, speed walking, race walking, fast walking, indoor walking,
        indoor walk, treadmill walking, nordic walking, power walking, walk outdoor,
        spaziergang, gehen, walken, spazieren, marche, marche à pied, caminata, caminar, paseo,
        wandeling, wandelen, camminata, caminhada, promenad, gåtur, spacer, ходьба,
        ウォーク, 步行, 户外步行, 室内步行, 健走, 散步, ウォーキング
        """,
    Sport.HIKE: """
        hike, hiking, trekking, mountaineering, snowshoe, snowshoeing, snow shoe, rucking, ruck,
        wanderung, wandern, wanderern, bergsteigen, schneeschuhwandern, schneeschuhlaufen,
        schneeschuh, randonnée, raquettes, raquette, senderismo, excursión,
        hiken, escursione, trilha, vandring, wędrówka, ハイク, 徒步, 登山
        """,
    Sport.CYCLE: """
        ride, bike, biking, bicycle, cycle, cycling, road cycling, road biking, road bike,
        road ride, mountain biking, mountain bike, mountain bike ride, mtb, gravel, gravel ride,
        gravel cycling, gravel bike, indoor cycling, indoor bike, indoor ride, spinning, spin,
        virtual ride, virtual cycling, virtual bike, track cycling, cyclocross, bmx, commuting,
        recumbent cycling, downhill biking, downhill, e bike, e biking, e bike ride, ebike ride,
        ebikeride, ebike fitness, e bike fitness, e bike mountain, e mountain bike ride,
        e bike mountain bike ride, e mtb, velomobile, hand cycling, handcycle, hand bike,
        stationary bike, fixed gear, cycling transportation, cycling sport, enduro mtb,
        radfahrt, radfahren, rad, radtour, radsport, rennrad, rennradfahren, mountainbike,
        mountainbiken, mountainbikefahrt, mountainbike fahrt, gravelfahrt, gravelbike,
        gravelbike fahrt, e bike fahrt, e mountainbike fahrt, virtuelle radfahrt,
        indoor radfahren, ergometer, vélo, sortie à vélo, sortie vélo, cyclisme,
        sortie vtt, vtt, vélo virtuel, sortie gravel, bicicleta, ciclismo, salida en bicicleta,
        fietsrit, virtuele fietsrit, fietsen, pedalata, pedalada, cykling,
        cykeltur, sykkeltur, велозаезд, ライド, 骑行, 户外骑行, 室内骑行,
        室内单车, 动感单车, 虚拟骑行
        """,
    Sport.SWIM: """
        swim, swimming, lap swimming, pool swim, pool swimming, open water, open water swim,
        open water swimming, indoor swimming, schwimmen, freiwasserschwimmen, bahnenschwimmen,
        schwimmbadschwimmen, natation, natación, nuoto,
        zwemmen, natação, simning, плавание, スイム, 游泳, 泳池游泳, 开放水域游泳
        """,
    Sport.ROW: """
        row, rowing, indoor rowing, rowing machine, virtual row, virtual rowing, rudern,
        rudergerät, indoor rudern, virtuelles rudern, aviron, rameur, remo
        """,
    Sport.ELLIPTICAL: """
        elliptical, elliptical trainer, cross trainer, crosstrainer, ellipsentrainer, elliptique,
        vélo elliptique, elíptica
        """,
    Sport.CROSS_COUNTRY_SKI: """
        nordic ski, nordic skiing, cross country ski, cross country skiing,
        cross country skiing ws, cross country classic skiing, skate skiing, skate skiing ws,
        classic skiing, xc ski, xc skiing, roller ski, roller skiing, rollerski, langlauf,
        skilanglauf, ski langlauf, langlaufen, nordischer skisport, rollski, skiroller,
        ski nordique, ski de fond, ski à roulettes, esquí de fondo, esquí nórdico
        """,
    Sport.FOOTBALL: """
        soccer, football, football soccer, association football, futsal, indoor soccer,
        australian football, fußball, fußball soccer, hallenfußball, football européen, fútbol,
        voetbal, calcio
        """,
    Sport.AMERICAN_FOOTBALL: """
        american football, flag football, us football, football américain, fútbol americano
        """,
    Sport.ULTIMATE: "ultimate, ultimate frisbee, ultimate disc, frisbee, disc sports",
    Sport.TENNIS: """
        tennis, tennis v2, platform tennis, paddelball, padel, paddle tennis, pickleball,
        racket, racket sport, tenis, tennis match, pádel
        """,
    Sport.BADMINTON: "badminton, federball, bádminton",
    Sport.SQUASH: "squash, racquetball",
    Sport.BASKETBALL: "basketball, netball, basket, baloncesto, basket ball",
    Sport.HANDBALL: "handball, team handball, balonmano",
    Sport.VOLLEYBALL: "volleyball, beach volleyball, beachvolleyball, volley, voleibol",
    Sport.HOCKEY: """
        hockey, ice hockey, field hockey, floor hockey, inline hockey, floorball, unihockey,
        eishockey, feldhockey, hockey sur glace
        """,
    Sport.RUGBY: "rugby, rugby union, rugby league, touch rugby",
    Sport.SKATE: """
        skating, skate, ice skate, ice skating, inline skate, inline skating, inline skates,
        roller skating, rollerskating, speed skating, skating ws, skateboard, skateboarding,
        skating sports, inlineskaten, inline skaten, inlineskating, inliner, eislaufen,
        schlittschuhlaufen, eisschnelllauf, rollschuhlaufen, roller, patin à glace, patinaje,
        patinaje en línea, patinaje sobre hielo
        """,
    Sport.ALPINE_SKI: """
        alpine ski, alpine skiing, downhill skiing, ski, skiing, resort skiing,
        resort skiing snowboarding, resort skiing snowboarding ws, resort snowboarding,
        backcountry ski, backcountry skiing, backcountry skiing snowboarding,
        backcountry skiing snowboarding ws, backcountry snowboarding, ski touring, snow sports,
        snowboard, snowboarding, snowboard ws, telemark, skifahren, ski alpin, alpinski,
        ski fahren, skitour, skitouren, backcountry skitour, snowboarden, ski de randonnée,
        esquí alpino, esquí, esquí de travesía
        """,
    Sport.DANCE: """
        dance, dancing, cardio dance, social dance, dance inspired training, zumba, ballet,
        barre, tanz, tanzen, danse, baile, danza
        """,
    Sport.CLIMB: """
        climb, climbing, rock climb, rock climbing, bouldering, indoor climbing,
        klettern, bouldern, hallenklettern, escalade, escalada
        """,
    Sport.SLIDE_BOARD: "slide board, slideboard",
    Sport.MARTIAL_ARTS: """
        martial arts, mixed martial arts, mma, boxing, boxing mma, kickboxing, kick boxing, judo,
        karate, taekwondo, wrestling, fencing, kampfsport, boxen, kickboxen, ringen, fechten,
        arts martiaux, artes marciales, boxeo
        """,
    Sport.GOLF: "golf, golfen, disc golf",
    Sport.STRENGTH: """
        strength, strength training, weight training, weights, weight lifting, weightlifting,
        lifting, gym, traditional strength training, functional strength training,
        functional training, core training, core strengthening, core, bodyweight,
        bootcamp, crossfit, circuit training, cross training, hiit,
        high intensity interval training,
        krafttraining, kraft, gewichttraining, gewichtstraining, musculation,
        entraînement aux poids, entrenamiento con pesas, entrenamiento de fuerza
        """,
    Sport.YOGA: """
        yoga, pilates, mind and body, stretching, flexibility, flexibility training, meditation,
        tai chi, breathwork, breathing, dehnen, étirements
        """,
}

_STRAVA_CODES = MappingProxyType(
    {
        "1": Sport.CYCLE,
        "2": Sport.ALPINE_SKI,
        "3": Sport.ALPINE_SKI,
        "4": Sport.HIKE,
        "5": Sport.SKATE,
        "6": Sport.SKATE,
        "7": Sport.CROSS_COUNTRY_SKI,
        "8": Sport.CROSS_COUNTRY_SKI,
        "9": Sport.RUN,
        "10": Sport.WALK,
        "12": Sport.ALPINE_SKI,
        "13": Sport.HIKE,
        "16": Sport.SWIM,
        "17": Sport.CYCLE,
        "18": Sport.CYCLE,
        "19": Sport.CYCLE,
        "23": Sport.ROW,
        "26": Sport.STRENGTH,
        "27": Sport.ELLIPTICAL,
        "28": Sport.CLIMB,
        "30": Sport.STRENGTH,
        "31": Sport.YOGA,
        "51": Sport.CYCLE,
        "53": Sport.TREADMILL_RUN,
    }
)

_APPLE_PREFIX = "hkworkoutactivitytype"


def _normalise(name: str) -> str:
    """Leave only letters and digits, lower case, so that ``Trail_Run`` and ``TrailRun`` meet."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum()).removeprefix(_APPLE_PREFIX)


_SPORTS = MappingProxyType(
    {
        _normalise(name): sport
        for sport, names in _NAMES.items()
        for name in (*names.split(","), sport.value)
    }
)


def sport_from_name(name: str) -> Sport:
    """Tell which sport a file's own word means.

    Knows the names of FIT (sports and sub-sports), TCX, GPX (Strava's numeric types too), Strava
    (English, German, some words of other languages), Garmin, Apple Health and Runkeeper. Case,
    accents, spaces, hyphens and underscores do not matter.

    Parameters
    ----------
    name
        The word as recorded, such as ``trail_running``, ``Biking``, ``9``, ``Fußball`` or
        ``HKWorkoutActivityTypeRunning``.

    Returns
    -------
    Sport
        ``Sport.OTHER`` when the word is unknown or empty; never a guess from part of a word.
    """
    key = _normalise(name)
    return _STRAVA_CODES.get(key) or _SPORTS.get(key, Sport.OTHER)
