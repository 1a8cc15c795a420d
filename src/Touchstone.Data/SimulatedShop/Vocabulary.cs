namespace Touchstone.Data.SimulatedShop;

/// <summary>The shop's words, all made for it: categories, brands, features and uses in English and Chinese.</summary>
internal static class Vocabulary
{
    /// <summary>[root] names of the root categories.</summary>
    public static readonly (string English, string Chinese)[] Roots =
    [
        ("Electronics", "电子产品"), ("Kitchen", "厨房用品"), ("Beauty", "美妆个护"), ("Sports", "运动户外"), ("Toys", "玩具"), ("Clothing", "服装"),
    ];

    /// <summary>[leaf] the categories that hold products.</summary>
    public static readonly CategoryWords[] Leaves =
    [
        new(0, "Phones", "phone", "手机", 320, 0.14, 1.0, 47, 0.08, false, ("Phone cases", 0.45), ("Chargers", 0.30), ("Headphones", 0.25)),
        new(0, "Laptops", "laptop", "笔记本电脑", 640, 0.12, 0.5, 35, 0.07, false, ("Mice", 0.55), ("Headphones", 0.25), ("Chargers", 0.20)),
        new(0, "Cameras", "camera", "相机", 380, 0.18, 0.4, 25, 0.06, false, ("Memory cards", 0.70), ("Chargers", 0.30)),
        new(0, "Headphones", "headphones", "耳机", 85, 0.28, 1.2, 48, 0.08, false, ("Chargers", 0.60), ("Phone cases", 0.40)),
        new(0, "Phone cases", "phone case", "手机壳", 17, 0.52, 1.0, -1, 0.06, false, ("Chargers", 0.65), ("Headphones", 0.35)),
        new(0, "Chargers", "charger", "充电器", 24, 0.42, 0.9, -1, 0.05, false, ("Memory cards", 0.50), ("Phone cases", 0.50)),
        new(0, "Memory cards", "memory card", "存储卡", 26, 0.33, 0.5, -1, 0.03, false, ("Chargers", 0.45), ("Mice", 0.55)),
        new(0, "Mice", "mouse", "鼠标", 32, 0.36, 0.6, -1, 0.05, false, ("Memory cards", 0.60), ("Headphones", 0.40)),
        new(1, "Coffee machines", "coffee machine", "咖啡机", 190, 0.24, 0.6, 49, 0.06, false, ("Coffee grinders", 0.55), ("Coffee cups", 0.45)),
        new(1, "Coffee grinders", "coffee grinder", "磨豆机", 65, 0.34, 0.5, 49, 0.05, false, ("Coffee cups", 0.65), ("Knives", 0.35)),
        new(1, "Coffee cups", "coffee cup", "咖啡杯", 14, 0.55, 0.9, 48, 0.04, false, ("Coffee grinders", 0.40), ("Pans", 0.60)),
        new(1, "Knives", "knife", "刀具", 48, 0.44, 0.6, -1, 0.03, false, ("Pans", 0.65), ("Coffee cups", 0.35)),
        new(1, "Pans", "pan", "平底锅", 42, 0.40, 0.8, -1, 0.04, false, ("Knives", 1.0)),
        new(2, "Moisturisers", "moisturiser", "面霜", 26, 0.58, 1.3, 2, 0.02, true, ("Serums", 0.60), ("Cleansers", 0.40)),
        new(2, "Cleansers", "cleanser", "洁面乳", 15, 0.55, 1.1, -1, 0.02, true, ("Moisturisers", 0.70), ("Shampoos", 0.30)),
        new(2, "Serums", "serum", "精华液", 38, 0.62, 0.8, -1, 0.02, true, ("Moisturisers", 0.55), ("Lipsticks", 0.45)),
        new(2, "Lipsticks", "lipstick", "口红", 19, 0.60, 1.0, 6, 0.04, false, ("Serums", 0.35), ("Cleansers", 0.65)),
        new(2, "Shampoos", "shampoo", "洗发水", 12, 0.48, 1.0, -1, 0.01, true, ("Cleansers", 1.0)),
        new(3, "Running shoes", "running shoes", "跑鞋", 105, 0.42, 1.1, 15, 0.20, false, ("Socks", 0.60), ("Water bottles", 0.40)),
        new(3, "Yoga mats", "yoga mat", "瑜伽垫", 34, 0.46, 0.6, 1, 0.05, false, ("Water bottles", 0.70), ("T-shirts", 0.30)),
        new(3, "Tents", "tent", "帐篷", 165, 0.34, 0.4, 23, 0.07, false, ("Sleeping bags", 0.75), ("Water bottles", 0.25)),
        new(3, "Sleeping bags", "sleeping bag", "睡袋", 72, 0.40, 0.4, 24, 0.06, false, ("Water bottles", 0.60), ("Tents", 0.40)),
        new(3, "Water bottles", "water bottle", "水壶", 21, 0.52, 0.9, 26, 0.03, false, ("Yoga mats", 0.50), ("Running shoes", 0.50)),
        new(4, "Building sets", "building set", "积木", 44, 0.34, 1.2, 50, 0.03, false, ("Building sets", 0.65), ("Puzzles", 0.35)),
        new(4, "Puzzles", "puzzle", "拼图", 18, 0.45, 0.8, 50, 0.02, false, ("Board games", 0.70), ("Building sets", 0.30)),
        new(4, "Dolls", "doll", "娃娃", 27, 0.42, 0.8, 50, 0.03, false, ("Dolls", 0.50), ("Puzzles", 0.50)),
        new(4, "Board games", "board game", "桌游", 32, 0.40, 0.9, 51, 0.03, false, ("Puzzles", 0.55), ("Building sets", 0.45)),
        new(5, "Jackets", "jacket", "夹克", 95, 0.50, 0.8, 42, 0.26, false, ("Scarves", 0.60), ("Jeans", 0.40)),
        new(5, "T-shirts", "T-shirt", "T恤", 22, 0.56, 1.3, 25, 0.18, false, ("Jeans", 0.60), ("Socks", 0.40)),
        new(5, "Jeans", "jeans", "牛仔裤", 62, 0.52, 1.0, -1, 0.24, false, ("T-shirts", 0.65), ("Jackets", 0.35)),
        new(5, "Socks", "socks", "袜子", 9, 0.58, 1.0, 46, 0.05, true, ("T-shirts", 0.55), ("Running shoes", 0.45)),
        new(5, "Scarves", "scarf", "围巾", 28, 0.57, 0.6, 46, 0.12, false, ("Jackets", 0.50), ("Socks", 0.50)),
    ];

    /// <summary>[brand] invented names and the root categories that they sell in.</summary>
    public static readonly (string English, string Chinese, int[] Roots)[] Brands =
    [
        ("Norvik", "诺维克", [0]), ("Lumeno", "露明诺", [0]), ("Kestrelle", "凯翠", [0]), ("Oakbyte", "橡码", [0]), ("Velarion", "维拉瑞", [0]),
        ("Bramble & Co", "荆果", [1]), ("Terracup", "陶杯坊", [1]), ("Sudden Steel", "瞬钢", [1]), ("Casa Olmo", "榆舍", [1]),
        ("Mirabelle Lane", "蜜拉", [2]), ("Seiko Dew", "晴露", [2]), ("Plain Petal", "素瓣", [2]), ("Aquifleur", "泉花", [2]), ("Hazelmoon", "榛月", [2]),
        ("Stridewell", "迈步", [3]), ("Ridgeling", "岭行", [3, 5]), ("Pinefall", "松落", [3]), ("Tidal North", "北潮", [3]),
        ("Clockwork Fox", "发条狐", [4]), ("Brightblock", "亮积", [4]), ("Papermoose", "纸鹿", [4]), ("Tumbleroo", "跳跳袋", [4]),
        ("Wrenfield", "鹪野", [5]), ("Indigo Yard", "靛院", [5]), ("Softloom", "柔机", [5]), ("Marlow Thread", "马洛线", [5]),
    ];

    /// <summary>[root][feature] what a product may have.</summary>
    public static readonly (string English, string Chinese)[][] Features =
    [
        [("wireless", "无线"), ("fast-charging", "快充"), ("noise-cancelling", "降噪"), ("ultra-light", "超轻"), ("waterproof", "防水"), ("compact", "便携")],
        [("stainless", "不锈钢"), ("ceramic", "陶瓷"), ("non-stick", "不粘"), ("dishwasher-safe", "可机洗"), ("hand-made", "手工"), ("quiet", "静音")],
        [("fragrance-free", "无香"), ("hydrating", "保湿"), ("gentle", "温和"), ("long-lasting", "持久"), ("plant-based", "植物"), ("brightening", "提亮")],
        [("breathable", "透气"), ("lightweight", "轻便"), ("non-slip", "防滑"), ("insulated", "保温"), ("foldable", "可折叠"), ("windproof", "防风")],
        [("wooden", "木制"), ("magnetic", "磁力"), ("educational", "益智"), ("classic", "经典"), ("giant", "大号"), ("travel", "旅行")],
        [("organic-cotton", "有机棉"), ("wool", "羊毛"), ("slim", "修身"), ("relaxed", "宽松"), ("quick-dry", "速干"), ("warm", "保暖")],
    ];

    /// <summary>[root][use] what it is good for.</summary>
    public static readonly (string English, string Chinese)[][] Uses =
    [
        [("the daily commute", "日常通勤"), ("work and study", "办公学习"), ("long journeys", "长途旅行")],
        [("slow mornings", "悠闲早晨"), ("busy families", "忙碌家庭"), ("small kitchens", "小厨房")],
        [("sensitive skin", "敏感肌肤"), ("every day", "每日使用"), ("dry seasons", "干燥季节")],
        [("beginners", "初学者"), ("weekends outdoors", "周末户外"), ("long distances", "长距离运动")],
        [("rainy afternoons", "雨天午后"), ("ages six and up", "六岁以上儿童"), ("the whole family", "全家同乐")],
        [("cool evenings", "微凉夜晚"), ("the office", "上班穿着"), ("every season", "四季穿搭")],
    ];

    /// <summary>[series] model names.</summary>
    public static readonly (string English, string Chinese)[] Series =
    [
        ("Aero", "翼"), ("Bruma", "雾"), ("Cinder", "烬"), ("Dune", "丘"), ("Ember", "焰"), ("Fjord", "峡"), ("Grove", "林"), ("Halo", "晕"),
        ("Isla", "屿"), ("Jasper", "玉"), ("Koru", "蕨"), ("Lyra", "琴"), ("Mesa", "台"), ("Nimbus", "云"), ("Orchid", "兰"), ("Pico", "峰"),
    ];

    /// <summary>[colour] colours.</summary>
    public static readonly (string English, string Chinese)[] Colours =
    [
        ("black", "黑色"), ("white", "白色"), ("sage green", "灰绿色"), ("deep blue", "深蓝色"), ("rose", "玫瑰色"), ("sand", "沙色"), ("graphite", "石墨色"), ("amber", "琥珀色"),
    ];

    /// <summary>What shoppers look for and the shop does not carry.</summary>
    public static readonly (string English, string Chinese)[] NotCarried =
    [
        ("garden hose", "花园水管"), ("dog food", "狗粮"), ("car tyre", "汽车轮胎"), ("wallpaper", "墙纸"), ("aquarium", "鱼缸"), ("printer ink", "打印机墨水"),
    ];

    /// <summary>Index of a leaf by its English noun.</summary>
    public static int LeafOf(string english) => Array.FindIndex(Leaves, leaf => string.Equals(leaf.English, english, StringComparison.Ordinal));
}
