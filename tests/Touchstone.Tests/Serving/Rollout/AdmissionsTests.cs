using Touchstone.Domain;
using Touchstone.Serving.Rollout;

namespace Touchstone.Tests.Serving.Rollout;

public sealed class AdmissionsTests
{
    private static readonly string[] Versions = ["v1", "v2"];

    private static LedgerEntry Entry(int minute, string json, string kind = "verdict") => new()
    {
        Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMinutes(minute)).ToString(),
        OccurredAt = DateTime.UnixEpoch.AddMinutes(minute),
        Kind = kind,
        Json = json,
    };

    private static string Verdict(string model, string decision, string? version = "v1", string sentence = "So it is.") =>
        $$"""{"decision":"{{decision}}","challenger":"{{model}}","challenger_version":{{(version is null ? "null" : $"\"{version}\"")}},"champion":"popularity","sentence":"{{sentence}}"}""";

    [Theory]
    [InlineData("try")]
    [InlineData("ship")]
    public void A_verdict_of_try_or_ship_admits_the_version_that_was_judged(string decision)
    {
        var admissions = Admissions.From([Entry(1, Verdict("ease", decision))]);
        Assert.Null(admissions.Objection("ease", Versions));
        Assert.Equal("v1", admissions.Find("ease", Versions)?.Version);
    }

    [Fact]
    public void A_later_hold_takes_an_earlier_try_back_whatever_the_order_of_the_ledger()
    {
        var admissions = Admissions.From([Entry(9, Verdict("ease", "hold", "v2", "Hold ease: not told from 0.")), Entry(1, Verdict("ease", "try")), Entry(3, Verdict("vsknn", "try"))]);
        Assert.Equal("Hold: Hold ease: not told from 0.", admissions.Objection("ease", Versions));
        Assert.Null(admissions.Objection("vsknn", Versions));
    }

    [Fact]
    public void A_verdict_on_another_thing_of_the_same_name_is_none_of_this_one()
    {
        var admissions = Admissions.From([Entry(1, Verdict("meaning", "try", "index-1")), Entry(2, Verdict("meaning", "hold", "v2"))]);
        Assert.Null(admissions.Objection("meaning", ["index-1"]));
        Assert.Equal("Hold: So it is.", admissions.Objection("meaning", Versions));
        Assert.StartsWith("No verdict: ", admissions.Objection("meaning", ["index-2"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_rolled_back_or_never_judged_or_judged_without_a_version_is_not_admitted()
    {
        var admissions = Admissions.From([Entry(1, Verdict("ease", "roll-back")), Entry(2, Verdict("old", "try", null)), Entry(3, "{}", "promotion")]);
        Assert.Equal("Rolled back: So it is.", admissions.Objection("ease", Versions));
        Assert.Equal("The verdict on old does not say which version was judged: run again with --from verdict.", admissions.Objection("old", Versions));
        Assert.Equal("No verdict: new has not been judged as challenger in this workspace. No model serves without its verdict; touchstone run gives one.", admissions.Objection("new", Versions));
        Assert.NotNull(Admissions.None.Objection("ease", Versions));
    }

    [Theory]
    [InlineData("{\"decision\":\"perhaps\",\"challenger\":\"ease\"}", "decision \"perhaps\" is not one of try, ship, hold, roll-back")]
    [InlineData("{\"decision\":\"try\"}", "there is no \"challenger\"")]
    [InlineData("try it", "")]
    [InlineData("[]", "")]
    public void A_verdict_that_cannot_be_read_is_named(string json, string reason)
    {
        var entry = Entry(1, json);
        var fault = Assert.Throws<InvalidDataException>(() => Admissions.From([entry]));
        Assert.StartsWith($"ledger entry {entry.Id}: the verdict cannot be read: {reason}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Run again with --from verdict, or update the server.", fault.Message, StringComparison.Ordinal);
    }
}
