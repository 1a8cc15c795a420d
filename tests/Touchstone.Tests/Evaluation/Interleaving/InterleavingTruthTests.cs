using System.Text.Json;
using Touchstone.Evaluation.Interleaving;
using Touchstone.Interleaving;

namespace Touchstone.Tests.Evaluation.Interleaving;

public sealed class InterleavingTruthTests
{
    [Fact]
    public void Every_case_of_team_draft_comes_out()
    {
        var cases = Cases("teamdraft");
        Assert.NotEmpty(cases);
        foreach (var (id, tolerance, input, expected) in cases)
        {
            var lists = TeamDraft.Allowed(Texts(input.GetProperty("A")), Texts(input.GetProperty("B")), input.GetProperty("k").GetInt32());
            var outcomes = expected.GetProperty("outcomes").EnumerateArray().ToList();
            Assert.Equal(outcomes.Count, lists.Count);
            for (var i = 0; i < outcomes.Count; i++)
            {
                Assert.Equal(Texts(outcomes[i].GetProperty("list")), lists[i].Products);
                Assert.Equal(outcomes[i].GetProperty("team").GetString(), string.Concat(lists[i].Teams.Select(team => "AB"[team])));
                Truth.Near(outcomes[i].GetProperty("probability").GetDouble(), lists[i].Probability, tolerance, id);
            }

            foreach (var click in expected.GetProperty("one_click_on").EnumerateObject())
            {
                var chances = InterleavingBias.TeamDraftClickOn(lists, click.Name);
                Truth.Near(click.Value.GetProperty("A_wins").GetDouble(), chances.First, tolerance, id + click.Name);
                Truth.Near(click.Value.GetProperty("B_wins").GetDouble(), chances.Second, tolerance, id + click.Name);
                Truth.Near(click.Value.GetProperty("tie_or_not_shown").GetDouble(), chances.Tie, tolerance, id + click.Name);
            }

            Truth.Near(expected.GetProperty("expected_credit_A_minus_B_of_one_uniform_random_click").GetDouble(), InterleavingBias.RandomClickCredit(lists), tolerance, id);
        }
    }

    [Fact]
    public void Every_case_of_balanced_interleaving_comes_out()
    {
        var cases = Cases("balanced");
        Assert.NotEmpty(cases);
        foreach (var (id, tolerance, input, expected) in cases)
        {
            var (a, b) = (Texts(input.GetProperty("A")), Texts(input.GetProperty("B")));
            var lists = Balanced.Allowed(a, b, input.GetProperty("k").GetInt32());
            Assert.Equal(Texts(expected.GetProperty("lists").GetProperty("A")), lists[0].Products);
            Assert.Equal(Texts(expected.GetProperty("lists").GetProperty("B")), lists[1].Products);
            foreach (var clicks in expected.GetProperty("one_click").EnumerateObject().Concat(expected.GetProperty("two_clicks").EnumerateObject()))
            {
                var list = lists[clicks.Name[0] == 'A' ? 0 : 1].Products;
                var hits = ClickCredit.Balanced(
                    [.. list.Select(product => Array.IndexOf(a, product) + 1)], [.. list.Select(product => Array.IndexOf(b, product) + 1)],
                    [.. list.Select(product => clicks.Name[2..].Contains(product, StringComparison.Ordinal))]);
                Assert.Equal(clicks.Value.GetProperty("k").GetInt32(), hits.Depth);
                Assert.Equal(clicks.Value.GetProperty("hits_A").GetInt32(), hits.FirstHits);
                Assert.Equal(clicks.Value.GetProperty("hits_B").GetInt32(), hits.SecondHits);
                Assert.Equal(clicks.Value.GetProperty("winner").GetString(), hits.Winner switch { InterleavingWinner.First => "A", InterleavingWinner.Second => "B", _ => "tie" });
            }

            var chances = InterleavingBias.BalancedRandomClick(lists, a, b);
            Truth.Near(expected.GetProperty("random_single_click").GetProperty("A_wins").GetDouble(), chances.First, tolerance, id);
            Truth.Near(expected.GetProperty("random_single_click").GetProperty("B_wins").GetDouble(), chances.Second, tolerance, id);
        }
    }

    [Fact]
    public void Every_fact_of_bias_comes_out()
    {
        var cases = Cases("bias");
        Assert.NotEmpty(cases);
        foreach (var (id, tolerance, input, expected) in cases)
        {
            var (a, b, k) = (Texts(input.GetProperty("A")), Texts(input.GetProperty("B")), input.GetProperty("k").GetInt32());
            var (teams, balanced) = (TeamDraft.Allowed(a, b, k), Balanced.Allowed(a, b, k));
            var clicked = input.TryGetProperty("clicked", out var product) ? product.GetString() : null;
            var byTeam = clicked is null ? InterleavingBias.TeamDraftRandomClick(teams) : InterleavingBias.TeamDraftClickOn(teams, clicked);
            var byDepth = clicked is null ? InterleavingBias.BalancedRandomClick(balanced, a, b) : InterleavingBias.BalancedClickOn(balanced, a, b, clicked);
            Check("team_draft", byTeam);
            Check("balanced", byDepth);

            void Check(string name, WinnerChances chances)
            {
                Truth.Near(expected.GetProperty(name).GetProperty("A_wins").GetDouble(), chances.First, tolerance, id);
                Truth.Near(expected.GetProperty(name).GetProperty("B_wins").GetDouble(), chances.Second, tolerance, id);
            }
        }
    }

    [Fact]
    public void Every_case_of_probabilistic_interleaving_comes_out()
    {
        var cases = Cases("probabilistic");
        Assert.NotEmpty(cases);
        foreach (var (id, tolerance, input, expected) in cases)
        {
            var lists = Probabilistic.Allowed(Texts(input.GetProperty("A")), Texts(input.GetProperty("B")), input.GetProperty("k").GetInt32(), input.GetProperty("tau").GetDouble());
            var byText = lists.ToDictionary(list => string.Concat(list.Products));
            var outcomes = expected.GetProperty("lists").EnumerateArray().ToList();
            Assert.Equal(outcomes.Count, lists.Count);
            Truth.Near(1, lists.Sum(list => list.Probability), tolerance, id);
            foreach (var outcome in outcomes)
            {
                var list = byText[string.Concat(Texts(outcome.GetProperty("list")))];
                Truth.Near(outcome.GetProperty("probability").GetDouble(), list.Probability, tolerance, id);
                foreach (var (rank, share) in outcome.GetProperty("P_team_A_by_rank").EnumerateArray().Index())
                    Truth.Near((2 * share.GetDouble()) - 1, list.Credits[rank], tolerance, id);
            }

            foreach (var credit in expected.GetProperty("expected_marginal_credit_of_a_click_on").EnumerateObject())
                Truth.Near(credit.Value.GetDouble(), InterleavingBias.ClickCreditOf(lists, credit.Name), tolerance, id + credit.Name);
        }
    }

    [Fact]
    public void Every_case_of_optimised_interleaving_meets_its_conditions()
    {
        var cases = Cases("optimized");
        Assert.NotEmpty(cases);
        foreach (var (id, tolerance, input, expected) in cases)
        {
            foreach (var rule in Enum.GetValues<CreditRule>())
            {
                var answer = expected.GetProperty("by_credit").GetProperty(JsonNamingPolicy.CamelCase.ConvertName(rule.ToString()));
                var plan = Optimised.Plan(Texts(input.GetProperty("A")), Texts(input.GetProperty("B")), input.GetProperty("k").GetInt32(), rule);
                Assert.Equal(expected.GetProperty("allowed_lists").EnumerateArray().Select(list => string.Concat(Texts(list))), plan.Lists.Select(list => string.Concat(list.Products)));
                Assert.Equal(answer.GetProperty("feasible").GetBoolean(), plan.IsFeasible);
                Truth.Near(answer.GetProperty("best_objective").GetDouble(), plan.Objective, tolerance, id);
                Truth.Near(1, plan.Lists.Sum(list => list.Probability), tolerance, id);
                Assert.All(plan.Lists, list => Assert.True(list.Probability >= 0));
                foreach (var (at, list) in plan.Lists.Index())
                {
                    Truth.Near(answer.GetProperty("sensitivity_of_list")[at].GetDouble(), plan.Sensitivities[at], tolerance, id);
                    foreach (var (rank, product) in list.Products.Index()) Truth.Near(answer.GetProperty("credit").GetProperty(product).GetDouble(), list.Credits[rank], tolerance, id);
                }

                for (var length = 1; length <= plan.Lists[0].Products.Count; length++)
                    Truth.Near(0, plan.Lists.Sum(list => list.Probability * list.Credits.Take(length).Sum()), tolerance, $"{id}, {rule}, first {length}");
            }
        }
    }

    [Fact]
    public void Every_preference_comes_out()
    {
        var cases = Cases("preference");
        Assert.NotEmpty(cases);
        foreach (var (id, tolerance, input, expected) in cases)
        {
            var (wins, losses, ties) = (input.GetProperty("wins_A").GetInt32(), input.GetProperty("wins_B").GetInt32(), input.GetProperty("ties").GetInt32());
            double[] scores = [.. Enumerable.Repeat(1.0, wins), .. Enumerable.Repeat(0.0, losses), .. Enumerable.Repeat(0.5, ties)];
            var pair = PairPreference.Of("A", "B", scores, []);
            Truth.Near(expected.GetProperty("delta_AB").GetDouble(), pair.Preference.Value, tolerance, id);
            Truth.Near(expected.GetProperty("sign_test_p").GetDouble(), pair.SignTestP, tolerance, id);
            var share = Truth.Number(expected.GetProperty("win_share_without_ties"));
            if (double.IsNaN(share)) Assert.True(double.IsNaN(pair.WinShare.Value));
            else Truth.Near(share, pair.WinShare.Value, tolerance, id);
            Assert.Equal(ties, pair.Ties);
        }
    }

    [Fact]
    public void The_folder_holds_no_case_that_is_not_read()
    {
        string[] read = ["teamdraft", "balanced", "bias", "probabilistic", "optimized", "preference"];
        Assert.All(Truth.Cases("interleaving", "interleaving.json"), element => Assert.Contains(element.GetProperty("group").GetString(), read));
    }

    private static List<(string Id, double Tolerance, JsonElement Input, JsonElement Expected)> Cases(string group) =>
    [
        .. Truth.Cases("interleaving", "interleaving.json").Where(element => element.GetProperty("group").GetString() == group)
            .Select(element => (element.GetProperty("id").GetString() ?? "", element.GetProperty("tol").GetDouble(), element.GetProperty("input"), element.GetProperty("expected"))),
    ];

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetString() ?? "")];
}
