using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Configuration;

public sealed class ShopConfigurationTests
{
    private static ShopConfiguration Read(string yaml, Func<string, string?>? environment = null) =>
        ShopConfiguration.Parse(yaml, "/shops/one/shop.yaml", environment ?? (_ => null));

    private static string Fault(string yaml, Func<string, string?>? environment = null) =>
        Assert.Throws<ConfigurationException>(() => Read(yaml, environment)).Message;

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF# only a comment\n")]
    [InlineData("version: 1\nsplit:\nmoney:\ncatalogue:\n")]
    public void Every_key_has_a_default(string yaml)
    {
        var shop = Read(yaml);
        Assert.Equal("default", shop.Site);
        Assert.Equal("UTC", shop.TimeZone);
        Assert.Equal(ShopConfiguration.DefaultModels, shop.Models.Select(model => model.Name));
        Assert.Equal([5, 10, 20], shop.Evaluate.CutOffs);
        Assert.True(shop.Money.IsOn);
        Assert.Equal(0.3, shop.Money.MarginRate);
        Assert.False(shop.Money.IsMarginRateStated);
        Assert.Equal(ShopperIds.Hash, shop.Privacy.ShopperIds);
        Assert.Equal(new ShopConfiguration().ToCanonicalJson(), shop.ToCanonicalJson());
    }

    [Fact]
    public void All_keys_are_read()
    {
        var shop = Read("""
            version: 1
            shop: Rösti & Co
            site: ch
            locale: de-CH
            currency: CHF
            time_zone: Europe/Zurich
            seed: 18446744073709551615
            threads: 4
            catalogue: products.tsv
            events:
              - path: ${DATA:-data}/orders-*.csv.gz
                format: csv
                delimiter: ";"
                encoding: latin1
                decimal: ","
                kind: purchase
                kinds: {Verkauf: purchase, Retoure: return}
                return_when: {column: Beleg, starts_with: R}
                columns: {shopper: Kunde, product: Artikel, time: Datum, query: }
                category_separator: "|"
                time_format: dd.MM.yyyy HH:mm
                null_values: ["", "-"]
                future: [Rang]
                price_in: cents
            privacy: {shopper_ids: keep}
            cleaning: {duplicates: false, outliers: {factor: 3, unit: days}, bots: }
            split: {method: time, target: purchase, validation_from: 2011-09-01, test_from: 2011-10-01, minimum_history: 2}
            models: [popularity, {item-knn: {neighbours: 50, shrinkage: 2.5}}, ease: ]
            evaluate: {cut_offs: [20, 10], money_at: 5, bootstrap: 100}
            money: {shoppers_a_year: 1000, margin_rate: 0.25, offline_to_online: {value: 0.2, low: 0.1, high: 0.4}, years: 2}
            guardrails: {coverage_at_10_min: 0.05, rank_ms_max: 20}
            """);
        Assert.Equal("Rösti & Co", shop.Shop);
        Assert.Equal(ulong.MaxValue, shop.Seed);
        Assert.Equal("products.tsv", Assert.Single(shop.Catalogue).Path);
        var events = Assert.Single(shop.Events);
        Assert.Equal("data/orders-*.csv.gz", events.Path);
        Assert.Equal("/shops/one/data/orders-*.csv.gz", shop.Resolve(events.Path));
        Assert.Equal((SourceFormat.Csv, ';', "latin1", ',', PriceUnit.Cents), (events.Format, events.Delimiter, events.Encoding, events.DecimalSeparator, events.PriceIn));
        Assert.Equal(InteractionKind.Return, events.Kinds["Retoure"]);
        Assert.Equal(new ReturnRule("Beleg", "R"), events.ReturnWhen);
        Assert.Equal("Kunde", events.Columns["shopper"]);
        Assert.Equal("", events.Columns["query"]);
        Assert.Equal(["Rang"], events.Future);
        Assert.Equal(["", "-"], events.NullValues);
        Assert.Equal([("duplicates", false), ("outliers", true), ("bots", true)], shop.Cleaning.Select(rule => (rule.Name, rule.IsEnabled)));
        Assert.Equal(3, shop.CleaningRule("outliers")?.Number("factor", 0));
        Assert.Equal(new DateOnly(2011, 9, 1), shop.Split.ValidationFrom);
        Assert.Equal(["popularity", "item-knn", "ease"], shop.Models.Select(model => model.Name));
        Assert.Equal(50, shop.Models[1].WholeNumber("neighbours", 0));
        Assert.Equal([10, 20], shop.Evaluate.CutOffs);
        Assert.Equal(new AssumedFactor(0.2, 0.1, 0.4), shop.Money.OfflineToOnline);
        Assert.True(shop.Money.IsMarginRateStated);
        Assert.Equal(0.05, shop.Guardrails.CoverageAt10Min);
    }

    [Fact]
    public void Money_can_be_switched_off_with_its_reason()
    {
        var shop = Read("money: false\nmoney_reason: terms forbid it\n");
        Assert.False(shop.Money.IsOn);
        Assert.Equal("terms forbid it", shop.Money.Reason);
    }

    [Theory]
    [InlineData("shop: a\ncurency: EUR\n", "shop.yaml:2 unknown key \"curency\"; did you mean \"currency\"?")]
    [InlineData("split:\n  methd: time\n", "shop.yaml:2 unknown key \"methd\" in split; did you mean \"method\"?")]
    [InlineData("money:\n  qqqqqqqq: 1\nguardrails:\n", "shop.yaml:2 unknown key \"qqqqqqqq\" in money; known: offline_to_online, shoppers_a_year, purchases_a_shopper_a_year, requests_a_shopper_a_year, margin_rate, cost_per_1000_requests, latency_penalty, one_off_cost, yearly_cost, years, discount.")]
    [InlineData("events:\n  - path: a.csv\n    columns:\n      prodct: item\n", "shop.yaml:4 unknown key \"prodct\" in events.columns; did you mean \"product\"?")]
    [InlineData("threads: two\n", "shop.yaml:1 threads \"two\" is not a whole number.")]
    [InlineData("threads: 0\n", "shop.yaml:1 threads is 0; expected 1 to 1024.")]
    [InlineData("money: {margin_rate: \"0,3\"}\n", "shop.yaml:1 money.margin_rate \"0,3\" is not a number; write 0.3.")]
    [InlineData("money:\n  margin_rate: 30\n", "shop.yaml:2 money.margin_rate is 30; expected 0 to 1.")]
    [InlineData("shop: [a]\n", "shop.yaml:1 shop must be a single value, not a list.")]
    [InlineData("\nsplit: time\n", "shop.yaml:2 split is not a map; write it as `split: {name: value}`.")]
    [InlineData("split: {method: tme}\n", "shop.yaml:1 split.method \"tme\" is not known; did you mean \"time\"?")]
    [InlineData("split: {test_from: 1.10.2011}\n", "shop.yaml:1 split.test_from \"1.10.2011\" is not a date; write it as 2026-03-31.")]
    [InlineData("split: {validation_from: 2011-10-01, test_from: 2011-09-01}\n", "shop.yaml:1 split.test_from must be later than split.validation_from.")]
    [InlineData("currency: euro\n", "shop.yaml:1 currency \"euro\" is not an ISO 4217 code; write three capitals, such as EUR.")]
    [InlineData("time_zone: Mars/Base\n", "shop.yaml:1 time_zone \"Mars/Base\" is not known; write an IANA name such as Europe/London (a machine without tzdata knows only UTC).")]
    [InlineData("version: 2\n", "shop.yaml:1 version is 2; this Touchstone reads version 1.")]
    [InlineData("events:\n  - format: csv\n", "shop.yaml:2 events.path is missing; name a file, or a pattern with *.")]
    [InlineData("events:\n  - path: a.csv\n    encoding: latin7x\n", "shop.yaml:3 encoding \"latin7x\" is not known; write utf-8, latin1, windows-1252, gb18030 or another name of .NET.")]
    [InlineData("events:\n  - path: a.csv\n    columns: {rating: rank}\n    future: [rank]\n", "shop.yaml:3 column \"rank\" is mapped to rating and named under future; a snapshot of the future cannot be read, take it off one of them.")]
    [InlineData("models: [ease, ease]\n", "shop.yaml:1 models names \"ease\" twice; name it once.")]
    [InlineData("events: ${NOPE}/a.csv\n", "shop.yaml:1 events needs the environment variable NOPE, which is not set; set it, or write ${NOPE:-default}.")]
    [InlineData("- a\n- b\n", "shop.yaml:1 must be a map of keys, such as `shop: My shop`.")]
    public void A_fault_names_line_and_remedy(string yaml, string message) => Assert.Equal(message, Fault(yaml));

    [Theory]
    [InlineData("shop: a\nshop: b\n", "shop.yaml:2 ")]
    [InlineData("shop: a\nevents: [\n", "shop.yaml:3 ")]
    [InlineData("shop: a\n\tsite: b\n", "shop.yaml:2 ")]
    public void What_is_not_YAML_names_the_line(string yaml, string start) => Assert.StartsWith(start, Fault(yaml), StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_says_how_to_get_one()
    {
        var fault = Assert.Throws<ConfigurationException>(() => ShopConfiguration.Load("/nowhere/shop.yaml"));
        Assert.Equal("/nowhere/shop.yaml is not there; `touchstone init FOLDER` writes one for the files of a folder.", fault.Message);
    }

    [Fact]
    public void The_environment_wins_over_the_default()
    {
        Assert.Equal("/big/a.csv", Read("events: ${DATA:-small}/a.csv", name => name == "DATA" ? "/big" : null).Events[0].Path);
        Assert.Equal("small/a.csv", Read("events: ${DATA:-small}/a.csv", _ => "").Events[0].Path);
    }

    [Fact]
    public void Options_of_a_model_are_checked_by_their_owner_with_file_and_line()
    {
        var model = Read("models:\n  - ease:\n      lambda: x\n      lambada: 1\n").Models[0];
        Assert.Equal("shop.yaml:3 ease.lambda \"x\" is not a number", Assert.Throws<ConfigurationException>(() => model.Number("lambda", 500)).Message);
        Assert.Equal("shop.yaml:4 unknown option \"lambada\" of ease; did you mean \"lambda\"?", Assert.Throws<ConfigurationException>(() => model.CheckKnown("lambda")).Message);
        Assert.Equal("shop.yaml:2 unknown model \"ease\"; did you mean \"easy\"?", model.Unknown("model", ["easy"]).Message);
    }

    [Fact]
    public void The_canonical_text_depends_on_what_is_said_not_on_how()
    {
        var left = Read("site: a\nsplit: {method: time, test_days: 7}\nmodels: [{ease: {b: 2, a: 1}}]\n");
        var right = Read("# other order, other lines\n\nmodels:\n- ease:\n    a: 1\n    b: 2\nsplit:\n  test_days: 7\n  method: time\nsite: a\n");
        Assert.Equal(left.ToCanonicalJson(), right.ToCanonicalJson());
        Assert.Equal("""{"method":"time","minimum_history":1,"target":null,"test_days":7,"test_from":null,"validation_days":null,"validation_from":null}""", CanonicalJson.Of(left.Split));
        Assert.NotEqual(left.ToCanonicalJson(), (left with { Site = "b" }).ToCanonicalJson());
    }
}
