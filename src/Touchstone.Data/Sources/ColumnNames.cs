namespace Touchstone.Data.Sources;

/// <summary>Names of columns in exports of online shops, and the fields that they mean.</summary>
internal static class ColumnNames
{
    private static readonly string[] s_product =
        ["productid", "itemid", "stockcode", "articleid", "movieid", "bookid", "goodsid", "productcode", "itemcode", "productsku", "sku", "parentasin", "asin", "product", "item", "article", "isbn", "ean", "upc"];

    private static readonly (string Field, string[] Names)[] s_events =
    [
        ("event_id", ["eventid", "eventuuid"]),
        ("kind", ["eventtype", "eventname", "event", "action", "activity", "behavior", "behaviour", "behaviortype", "interactiontype", "kind", "type"]),
        ("shopper", ["userid", "customerid", "shopperid", "visitorid", "memberid", "buyerid", "accountid", "reviewerid", "custid", "customernumber", "customeruniqueid", "householdkey", "useruuid", "uid", "user", "customer", "shopper", "visitor", "member"]),
        ("client", ["clientid", "cookieid", "cookie", "deviceid", "anonymousid", "fullvisitorid", "userpseudoid", "client"]),
        ("session", ["sessionid", "usersession", "visitid", "session"]),
        ("product", s_product),
        ("variant", ["variantid", "skuid", "variant"]),
        ("time", ["timestamp", "eventtime", "eventtimestamp", "datetime", "invoicedate", "orderdate", "purchasedate", "transactiondate", "orderpurchasetimestamp", "createdat", "eventdate", "unixreviewtime", "reviewtime", "tdat", "time", "date", "ts"]),
        ("time_offset_ms", ["timeframe"]),
        ("received", ["receivedat", "ingestedat", "received"]),
        ("ordinal", ["ordinal", "sequencenumber"]),
        ("order", ["orderid", "invoiceno", "invoicenumber", "invoiceid", "invoice", "transactionid", "ordernumber", "orderno", "basketid", "receiptid", "order"]),
        ("quantity", ["quantity", "qty", "units", "itemcount"]),
        ("unit_price", ["unitprice", "itemprice", "priceperunit", "saleprice", "sellingprice", "price"]),
        ("line_total", ["linetotal", "lineamount", "totalprice", "totalamount", "salesvalue", "revenue", "total", "amount"]),
        ("discount", ["discount", "discountamount", "linediscount"]),
        ("tax", ["tax", "taxamount", "vat"]),
        ("shipping", ["shipping", "shippingcost", "freight", "freightvalue"]),
        ("unit_cost", ["unitcost", "costprice", "cogs", "cost"]),
        ("currency", ["currency", "currencycode"]),
        ("refund_of", ["refundof"]),
        ("rating", ["rating", "stars", "overall", "reviewscore"]),
        ("query", ["query", "searchquery", "searchterm", "searchterms", "keywords"]),
        ("slate", ["slate", "slateid"]),
        ("consent", ["consent"]),
    ];

    private static readonly (string Field, string[] Names)[] s_catalogue =
    [
        ("id", ["id", .. s_product]),
        ("variant", ["variantid", "skuid", "variant"]),
        ("locale", ["locale", "language", "lang"]),
        ("title", ["title", "productname", "producttitle", "itemname", "productdisplayname", "displayname", "name"]),
        ("brand", ["brand", "brandname", "manufacturer", "vendor", "supplier", "make"]),
        ("category", ["categorypath", "categories", "category", "productcategory", "categoryname", "categorycode", "maincategory", "genres", "genre", "producttype", "department"]),
        ("description", ["description", "longdescription", "shortdescription", "productdescription", "details"]),
        ("price", ["price", "listprice", "unitprice", "retailprice", "saleprice", "sellingprice"]),
        ("unit_cost", ["unitcost", "costprice", "cogs", "cost"]),
        ("currency", ["currency", "currencycode"]),
        ("available", ["available", "isavailable", "instock", "availability", "stockstatus"]),
        ("valid_from", ["validfrom"]),
    ];

    private static readonly string[] s_future =
    [
        "salesrank", "salesrankgroup", "bestsellerrank", "bestsellersrank", "popularity", "popularityscore", "unitssold", "totalsold", "soldcount", "purchasecount", "ordercount", "viewcount",
        "clickcount", "reviewcount", "reviewscount", "numreviews", "numberofreviews", "ratingcount", "ratingscount", "ratingnumber", "numratings", "avgrating", "averagerating", "ratingaverage", "totalsales", "trendingscore",
    ];

    /// <summary>Fields of an event with their usual names, the surest first.</summary>
    public static IReadOnlyList<(string Field, string[] Names)> Events => s_events;

    /// <summary>Fields of a catalogue row with their usual names, the surest first.</summary>
    public static IReadOnlyList<(string Field, string[] Names)> Catalogue => s_catalogue;

    /// <summary>Whether a catalogue's column is popularity counted later than the events.</summary>
    public static bool IsFuture(string column) => s_future.Contains(Plain(column)) || Plain(column) is "rating" or "stars";

    /// <summary>Lower case, letters and digits only.</summary>
    public static string Plain(string column) => string.Concat(column.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
