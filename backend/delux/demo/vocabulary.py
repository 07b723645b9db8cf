"""Names, places and words the demo world is made of, in the languages people there speak."""

from dataclasses import dataclass


@dataclass(frozen=True)
class City:
    market: str
    name: str
    timezone: str
    latitude: float
    longitude: float
    places: tuple[str, ...]
    postal_code: str
    region: str = ""


CITIES = (
    City(
        "KZ",
        "Алматы",
        "Asia/Almaty",
        43.238,
        76.945,
        (
            "Каток «Медеу», ул. Горная, 465",
            "Центральный стадион, пр. Абая, 48",
            "Парк Первого Президента",
            "Терренкур, ул. Ремизовка",
            "Almaty Arena, мкр. Нуркент, 7",
        ),
        "050010",
    ),
    City(
        "KZ",
        "Астана",
        "Asia/Almaty",
        51.128,
        71.430,
        (
            "Ботанический сад, пр. Туран",
            "Barys Arena, пр. Туран, 57",
            "Набережная Есиля",
            "Велотрек «Сарыарка», Кабанбай батыра, 45а",
        ),
        "010000",
    ),
    City(
        "KG",
        "Бишкек",
        "Asia/Bishkek",
        42.874,
        74.590,
        (
            "Стадион им. Омурзакова, ул. Тоголок Молдо, 17",
            "Ботанический сад, ул. Ахунбаева",
            "Парк «Ынтымак»",
            "Каскад, ул. Токомбаева",
        ),
        "720040",
    ),
    City(
        "KG",
        "Ош",
        "Asia/Bishkek",
        40.514,
        72.816,
        ("Сулайман-Тоо, северный вход", "Стадион «Ак-Буура», ул. Курманжан-Датка", "Парк им. Навои"),
        "723500",
    ),
    City(
        "US",
        "New York",
        "America/New_York",
        40.713,
        -74.006,
        (
            "Prospect Park, Grand Army Plaza",
            "Central Park, Engineers' Gate",
            "Pier 2, Brooklyn Bridge Park",
            "Rockaway Beach, 94th Street",
        ),
        "11215",
        "NY",
    ),
)

# Slug → names in Russian, Kazakh, Kyrgyz, English.
SPORTS: dict[str, tuple[str, str, str, str]] = {
    "running": ("Бег", "Жүгіру", "Чуркоо", "Running"),
    "cycling": ("Велоспорт", "Велоспорт", "Велоспорт", "Cycling"),
    "football": ("Футбол", "Футбол", "Футбол", "Football"),
    "swimming": ("Плавание", "Жүзу", "Сүзүү", "Swimming"),
    "yoga": ("Йога", "Йога", "Йога", "Yoga"),
    "tennis": ("Теннис", "Теннис", "Теннис", "Tennis"),
    "hiking": ("Горные походы", "Тау жорықтары", "Тоо жүрүштөрү", "Hiking"),
    "basketball": ("Баскетбол", "Баскетбол", "Баскетбол", "Basketball"),
    "skiing": ("Лыжи", "Шаңғы", "Лыжа", "Skiing"),
    "boxing": ("Бокс", "Бокс", "Бокс", "Boxing"),
}


@dataclass(frozen=True)
class EventIdea:
    sport: str
    title: str
    city: str
    text: str
    online: bool = False
    # Ticket types: name, price in the city's currency, places.
    tickets: tuple[tuple[str, int, int], ...] = ()


# The ten events of the small world, in the order of time: two past, one today, seven to come.
EVENTS = (
    EventIdea(
        "hiking",
        "Подъём на Фурмановку",
        "Алматы",
        "Тренировочный подъём для тех, кто ходил в горы хотя бы раз. Набор высоты 900 метров, темп спокойный, "
        "гид идёт первым и замыкающим. Возьмите воду, перекус и тёплый слой.",
        tickets=(("Участие с гидом", 6000, 40),),
    ),
    EventIdea(
        "football",
        "Кубок дворов: финал",
        "Бишкек",
        "Восемь дворовых команд, один день, короткое поле. Финал в 18:00, вход для зрителей свободный по билету.",
        tickets=(("Зритель", 0, 400), ("Игрок", 500, 96)),
    ),
    EventIdea(
        "yoga",
        "Таңғы йога онлайн",
        "Алматы",
        "Бір сағаттық таңғы тәжірибе: тыныс алу, арқа мен иыққа арналған жұмсақ жаттығулар. Кілемше мен тыныш бөлме "
        "жеткілікті. Сабақ қазақ тілінде өтеді.",
        online=True,
        tickets=(("Қатысу", 2500, 120),),
    ),
    EventIdea(
        "running",
        "Ночной забег Medeu Night Run 10K",
        "Алматы",
        "Десять километров от катка «Медеу» вниз по ночному ущелью. Фонари на трассе, горячий чай на финише, "
        "медаль каждому. Стартовый пакет выдаём за день до забега и за час до старта.",
        tickets=(("10 км", 12000, 600), ("10 км, ранняя цена", 9000, 150), ("Детский забег 1 км", 3000, 120)),
    ),
    EventIdea(
        "running",
        "Астана жарты марафоны",
        "Астана",
        "Есіл жағалауымен өтетін 21,1 шақырымдық жарыс. Трасса тегіс, әр бес шақырым сайын су мен жеміс беріледі. "
        "Қатысушыларға сертификат пен медаль табысталады.",
        tickets=(("21,1 км", 15000, 1500), ("10 км", 10000, 1200), ("Эстафета 4 × 5 км", 32000, 80)),
    ),
    EventIdea(
        "swimming",
        "Заплыв «Открытая вода»",
        "Алматы",
        "1500 и 3000 метров в открытом бассейне с электронным хронометражем. Разминка за сорок минут до старта. "
        "Нужна справка от врача не старше шести месяцев.",
        tickets=(("1500 м", 8000, 90), ("3000 м", 9500, 60)),
    ),
    EventIdea(
        "cycling",
        "Чүй өрөөнү 100 км",
        "Бишкек",
        "Чүй өрөөнү боюнча жүз чакырымдык велоайланма. Жолдо үч тамактануу пункту, техникалык унаа жана медициналык "
        "колдоо бар. Шлем милдеттүү.",
        tickets=(("100 км", 2500, 300), ("50 км", 1800, 250)),
    ),
    EventIdea(
        "hiking",
        "Рассвет на Сулайман-Тоо",
        "Ош",
        "Короткий подъём до восхода, чай на смотровой и рассказ о горе. Подходит для детей от восьми лет вместе "
        "со взрослыми.",
        tickets=(("Участие", 400, 35),),
    ),
    EventIdea(
        "running",
        "Brooklyn Bridge Dawn 10K",
        "New York",
        "Ten kilometres across the bridge and back while the city wakes up. Waves of fifty leave every three "
        "minutes; bag drop closes at 5:40. Coffee and bagels at the finish.",
        tickets=(("10K", 45, 500), ("10K with shirt", 68, 300)),
    ),
    EventIdea(
        "basketball",
        "3×3 Streetball Open",
        "New York",
        "Teams of three and one substitute, half court, ten minutes or twenty-one points. Two divisions, live "
        "music, finals under the lights.",
        tickets=(("Team of four", 80, 64), ("Spectator", 0, 600)),
    ),
)

# Patterns for larger worlds: title by sport with {city} and a number that differs.
EVENT_PATTERNS: dict[str, tuple[str, ...]] = {
    "running": ("Забег {city} {n} км", "{city} Trail {n}K", "Жүгіру кеші {n}", "Утренняя пробежка №{n}"),
    "cycling": ("Велозаезд {city} {n} км", "{city} Gravel {n}", "Критериум №{n}"),
    "football": ("Турнир «{city} Лига» №{n}", "Мини-футбол, тур {n}", "{city} Cup {n}"),
    "swimming": ("Заплыв {n}00 м", "{city} Swim {n}", "Жүзу жарысы №{n}"),
    "yoga": ("Йога в парке, встреча {n}", "Таңғы йога №{n}", "{city} Yoga Flow {n}"),
    "tennis": ("Теннисный турнир №{n}", "{city} Open {n}", "Парный разряд, неделя {n}"),
    "hiking": ("Поход выходного дня №{n}", "Тау жорығы №{n}", "{city} Peaks {n}"),
    "basketball": ("Стритбол 3×3, тур {n}", "{city} Hoops {n}"),
    "skiing": ("Лыжная гонка {n} км", "{city} Snow Day {n}"),
    "boxing": ("Вечер бокса №{n}", "{city} Fight Night {n}"),
}
TICKET_NAMES = ("Участие", "Ранняя цена", "Зритель")
EVENT_TEXTS = (
    "Приходите за полчаса до начала: регистрация, разминка и короткий инструктаж. Вода и аптечка есть на месте.",
    "Жарыс басталғанға дейін отыз минут бұрын келіңіз: тіркеу, бой жазу және қысқаша нұсқау. Су беріледі.",
    "Старттан жарым саат мурун келиңиз: каттоо, көнүгүү жана кыска нускама. Суу бар.",
    "Come half an hour early for check-in, a warm-up and a short briefing. Water and first aid are on site.",
)

# Shelf slug → names (ru, kk, ky, en), parent slug.
SHELVES: dict[str, tuple[tuple[str, str, str, str], str | None]] = {
    "shoes": (("Обувь", "Аяқ киім", "Бут кийим", "Shoes"), None),
    "running-shoes": (
        ("Беговые кроссовки", "Жүгіру кроссовкалары", "Чуркоо кроссовкалары", "Running shoes"),
        "shoes",
    ),
    "trail-shoes": (
        ("Трейловые кроссовки", "Трейл кроссовкалары", "Трейл кроссовкалары", "Trail shoes"),
        "shoes",
    ),
    "clothing": (("Одежда", "Киім", "Кийим", "Clothing"), None),
    "shirts": (("Футболки", "Футболкалар", "Футболкалар", "T-shirts"), "clothing"),
    "equipment": (("Снаряжение", "Жабдық", "Жабдык", "Equipment"), None),
    "backpacks": (("Рюкзаки", "Рюкзактар", "Рюкзактар", "Backpacks"), "equipment"),
    "helmets": (("Шлемы", "Шлемдер", "Шлемдер", "Helmets"), "equipment"),
    "balls": (("Мячи", "Доптар", "Топтор", "Balls"), "equipment"),
    "rackets": (("Ракетки", "Ракеткалар", "Ракеткалар", "Rackets"), "equipment"),
    "gloves": (("Перчатки", "Қолғаптар", "Колкаптар", "Gloves"), "equipment"),
    "yoga-mats": (("Коврики", "Кілемшелер", "Килемчелер", "Yoga mats"), "equipment"),
    "accessories": (("Аксессуары", "Аксессуарлар", "Аксессуарлар", "Accessories"), None),
    "bottles": (("Бутылки", "Бөтелкелер", "Бөтөлкөлөр", "Bottles"), "accessories"),
    "watches": (("Часы", "Сағаттар", "Сааттар", "Watches"), "accessories"),
}

BRANDS = (
    "Aral",
    "Barys",
    "Chimbulak",
    "Dala",
    "Everstep",
    "Kaskelen",
    "Northbay",
    "Tengri Sport",
    "Tulpar",
    "Issyk",
)


@dataclass(frozen=True)
class ProductIdea:
    kind: str  # what pictures.THINGS draws
    shelf: str
    titles: tuple[str, ...]
    sizes: tuple[str, ...]
    price: int  # in US dollars; other currencies are multiples
    text: str
    features: tuple[tuple[str, str], ...]


SHOE_SIZES = ("38", "39", "40", "41", "42", "43", "44")
PRODUCTS = (
    ProductIdea(
        "shoe",
        "running-shoes",
        (
            "Беговые кроссовки Tempo 3",
            "Кроссовки для асфальта Jel",
            "Road Runner 2",
            "Кроссовки Marathon Pro",
            "Daily Miles",
        ),
        SHOE_SIZES,
        110,
        "Мягкая пена под пяткой, лёгкий дышащий верх и цепкая подошва для мокрого асфальта. На ежедневные тренировки "
        "и на первый марафон.",
        (("Перепад", "8 мм"), ("Вес", "265 г (размер 42)"), ("Верх", "Инженерная сетка")),
    ),
    ProductIdea(
        "shoe",
        "trail-shoes",
        ("Трейловые кроссовки Arasan", "Кроссовки Ala-Too Trail", "Ridge Trail GTX"),
        SHOE_SIZES,
        135,
        "Агрессивный протектор для глины и камня, защита носка и плотная посадка на спуске.",
        (("Перепад", "6 мм"), ("Протектор", "5 мм"), ("Мембрана", "Нет")),
    ),
    ProductIdea(
        "shirt",
        "shirts",
        (
            "Футболка беговая Air",
            "Футболка Medeu Night Run",
            "Жүгіру футболкасы Жел",
            "Race Day Tee",
            "Лонгслив Almaty",
        ),
        ("XS", "S", "M", "L", "XL"),
        32,
        "Ткань тянется, быстро сохнет и не натирает. Светоотражающая полоса на спине.",
        (("Состав", "88 % полиэстер, 12 % эластан"), ("Уход", "Стирка при 30 °C")),
    ),
    ProductIdea(
        "bottle",
        "bottles",
        ("Бутылка 600 мл", "Фляга мягкая 500 мл", "Термобутылка Issyk", "Squeeze Bottle 750"),
        ("",),
        14,
        "Не пахнет пластиком, открывается одной рукой, встаёт во флягодержатель.",
        (("Объём", "600 мл"), ("Материал", "Тритан")),
    ),
    ProductIdea(
        "backpack",
        "backpacks",
        ("Рюкзак беговой 8 л", "Рюкзак горный 28 л", "Trail Vest 12"),
        ("S/M", "L/XL"),
        84,
        "Сидит как жилет, не подпрыгивает на бегу. Два кармана для фляг, петли для палок.",
        (("Объём", "8 л"), ("Вес", "210 г")),
    ),
    ProductIdea(
        "helmet",
        "helmets",
        ("Шлем велосипедный Aero", "Шлем Chuy Road", "City Helmet"),
        ("S", "M", "L"),
        72,
        "Двенадцать каналов, регулировка одним пальцем, съёмная подкладка.",
        (("Вес", "270 г"), ("Стандарт", "EN 1078")),
    ),
    ProductIdea(
        "ball",
        "balls",
        ("Мяч футбольный Dala 5", "Мяч для мини-футбола", "Street Ball"),
        ("4", "5"),
        28,
        "Термосклейка, ровный отскок, держит давление всю неделю.",
        (("Размер", "5"), ("Покрышка", "Полиуретан")),
    ),
    ProductIdea(
        "mat",
        "yoga-mats",
        ("Коврик для йоги 5 мм", "Йога кілемшесі", "Travel Mat 2 mm"),
        ("",),
        36,
        "Не скользит на влажных ладонях, лежит ровно с первого раза.",
        (("Толщина", "5 мм"), ("Размер", "183 × 61 см")),
    ),
    ProductIdea(
        "watch",
        "watches",
        ("Часы беговые Pulse", "Часы Pulse Mini", "Trail Watch Solar"),
        ("",),
        240,
        "Пульс на запястье, карта высот и сорок часов с навигацией.",
        (("Защита", "5 ATM"), ("Автономность", "40 ч GPS")),
    ),
    ProductIdea(
        "racket",
        "rackets",
        ("Ракетка теннисная Open 100", "Ракетка Junior 25", "Baseline 300"),
        ("L2", "L3"),
        120,
        "Площадь головы 100 кв. дюймов, прощает неточный удар и даёт вращение.",
        (("Вес", "300 г"), ("Баланс", "320 мм")),
    ),
    ProductIdea(
        "glove",
        "gloves",
        ("Перчатки боксёрские Barys", "Перчатки для зала 10 oz", "Sparring Gloves"),
        ("10 oz", "12 oz", "14 oz"),
        58,
        "Плотная пена в три слоя, широкая застёжка, ладонь с вентиляцией.",
        (("Материал", "Искусственная кожа"),),
    ),
)

COLOURS: dict[str, tuple[int, int, int]] = {
    "Красный": (226, 62, 48),
    "Синий": (36, 62, 110),
    "Волт": (198, 241, 53),
    "Чёрный": (30, 32, 38),
    "Бирюзовый": (0, 124, 138),
    "Белый": (232, 234, 236),
}

FIRST_NAMES = {
    "KZ": (
        "Айдана",
        "Алия",
        "Арман",
        "Асель",
        "Бауыржан",
        "Дана",
        "Ерлан",
        "Жанар",
        "Мадина",
        "Нұрлан",
        "Руслан",
        "Салтанат",
        "Тимур",
        "Анна",
        "Игорь",
    ),
    "KG": (
        "Айгерим",
        "Азамат",
        "Айбек",
        "Бегимай",
        "Бакыт",
        "Гүлзат",
        "Жылдыз",
        "Кубат",
        "Нурбек",
        "Чолпон",
        "Эльвира",
        "Максим",
        "Ольга",
    ),
    "US": (
        "Alice",
        "Ben",
        "Carmen",
        "David",
        "Elena",
        "Frank",
        "Grace",
        "Jamal",
        "Kate",
        "Liam",
        "Maya",
        "Noah",
        "Sofia",
    ),
}
LAST_NAMES = {
    "KZ": (
        "Абдрахманов",
        "Ахметова",
        "Ермеков",
        "Жұмабаева",
        "Ибраев",
        "Касымова",
        "Ким",
        "Нұрғалиев",
        "Оспанова",
        "Петрова",
        "Сейтқали",
        "Тулегенов",
    ),
    "KG": (
        "Абдыкадыров",
        "Асанова",
        "Бекова",
        "Жээнбеков",
        "Исаков",
        "Мамытова",
        "Осмонов",
        "Сыдыкова",
        "Токтогулов",
        "Чынгызова",
    ),
    "US": (
        "Brooks",
        "Carter",
        "Diaz",
        "Evans",
        "Garcia",
        "Hughes",
        "Kim",
        "Lopez",
        "Morgan",
        "Nguyen",
        "Rivera",
        "Walsh",
    ),
}
ORGANIZERS = (
    (
        "KZ",
        "Tengri Run Club",
        "Алматы",
        "Бегаем, ходим в горы и плаваем вместе с 2016 года. Старты для тех, кто начинает, и для тех, кто бежит быстро.",
    ),
    ("KG", "Ала-Тоо Спорт", "Бишкек", "Велоспорт, футбол жана тоолор. Биз менен бирге кыймылда бол."),
    ("US", "Borough Athletics", "New York", "Races, courts and good coffee in five boroughs."),
)
ORGANIZER_PATTERNS = (
    "{city} Run Club",
    "Спортклуб «{city}»",
    "{city} Sport Lab",
    "Клуб «Старт» {city}",
    "{city} Cycling Team",
)
CURRENCY_RATE = {"KZT": 500, "KGS": 88, "USD": 1}
TAGS = ("Клуб", "Волонтёр", "Новичок")
NOTES = (
    "Просил напомнить о получении стартового пакета.",
    "Бегает третий год подряд, предложить клубную скидку.",
    "Размер обуви 42, обмен без вопросов.",
    "Команда из шести человек, один плательщик.",
)
TASKS = (
    ("Отправить кроссовки по заказам недели", "todo", "high"),
    ("Подтвердить воду и фрукты на пункты питания", "in_progress", "normal"),
    ("Позвонить участникам прошлого забега", "todo", "normal"),
    ("Напечатать номера", "done", "high"),
    ("Договориться с медиками", "done", "normal"),
    ("Проверить остатки футболок M и L", "todo", "low"),
)
REFUND_REASONS = ("Не сможет прийти", "Не подошёл размер", "Передумал", "Заболел перед стартом")
