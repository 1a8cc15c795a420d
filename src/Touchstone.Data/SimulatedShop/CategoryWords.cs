namespace Touchstone.Data.SimulatedShop;

/// <summary>One leaf of the category tree with all that makes its products, in both languages.</summary>
/// <param name="Root">Index of the root category.</param>
/// <param name="English">Noun, plural.</param>
/// <param name="EnglishOne">Noun as a title has it: one, or a pair.</param>
/// <param name="Chinese">Noun.</param>
/// <param name="Price">Median price.</param>
/// <param name="MarginRate">Median share of the price that is margin.</param>
/// <param name="Demand">Relative demand over the year.</param>
/// <param name="PeakWeek">Week of the year in which demand is highest, -1 where it does not depend on the season.</param>
/// <param name="ReturnRate">Share of lines that come back.</param>
/// <param name="IsConsumed">Whether one shopper buys the same product again.</param>
/// <param name="Next">What is bought next after it: leaf nouns with their shares, most likely first.</param>
internal sealed record CategoryWords(
    int Root, string English, string EnglishOne, string Chinese, double Price, double MarginRate, double Demand, int PeakWeek,
    double ReturnRate, bool IsConsumed, params (string English, double Share)[] Next);
