using System.Globalization;

namespace Touchstone.Data.SimulatedShop;

/// <summary>The commented shop.yaml that a simulated shop comes with.</summary>
internal static class ShopYamlText
{
    /// <summary>The text.</summary>
    public static string Of(SimulatedShopOptions options)
    {
        var seed = options.Seed.Value.ToString(CultureInfo.InvariantCulture);
        return $$"""
            # A simulated shop. Everything here has a default: what is written out is what such a shop would state.
            # Run it: touchstone run shop.yaml
            version: 1
            shop: Simulated shop
            site: {{Ids.Site}}
            locale: en            # texts of the catalogue that are read first; Chinese rows stand beside them
            currency: {{options.Currency}}
            time_zone: UTC        # only for times without an offset: here every time states its own
            seed: {{seed}}

            catalogue:
              - path: products.csv
                columns:
                  id: id
                  locale: locale
                  title: title
                  brand: brand
                  category: category
                  description: description
                  price: price
                  unit_cost: unit_cost
                  currency: currency
                  available: available
                  valid_from: valid_from

            events:
              - path: events-*.csv.gz   # one file a month
                columns:
                  event_id: event_id
                  kind: kind            # search, view, cart, purchase (an order line), return (of a named line)
                  shopper: shopper
                  session: session
                  product: product
                  time: time
                  order: order
                  quantity: quantity
                  unit_price: unit_price
                  discount: discount    # of the whole line
                  unit_cost: unit_cost
                  refund_of: refund_of  # event_id of the line that comes back
                  query: query
                  slate: slate          # slate of exposures.jsonl that led here

            # A real shop leaves this out: ids are then replaced by a keyed hash. Simulated ids are nobody's.
            privacy:
              shopper_ids: keep

            # Each shopper's last purchase is the question of the test, the one before it that of the validation.
            split:
              method: leave-one-out
              target: purchase

            money:
              shoppers_a_year: {{options.Shoppers.ToString(CultureInfo.InvariantCulture)}}
              # What part of an offline difference is seen online: an assumption until an experiment has measured it.
              offline_to_online: {value: 0.3, low: 0.1, high: 0.5}

            # The language model's training, in tokens read: short, so that a demo ends within minutes. Left out, it follows the data.
            pretrain: {tokens: 1000000}
            finetune:
              text-encoder: {tokens: 1200000}
              purchase-classifier: {tokens: 1200000}

            """.ReplaceLineEndings("\n");
    }
}
