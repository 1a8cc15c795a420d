using System.Linq.Expressions;
using System.Reflection;

namespace Touchstone.Data.Segments;

/// <summary>
/// Columns of one fact, taken from the record that Domain has for it: a property is a column, in declaration order. A property that is
/// added becomes a column that old files do not have (its values are absent there); one that is removed is passed over in old files.
/// </summary>
/// <typeparam name="T">A record with init properties of text, whole numbers, decimals, doubles, booleans, times or enumerations.</typeparam>
internal sealed class FactSchema<T>
{
    private readonly Action<T, IFactSink> _encode;
    private readonly Func<IFactSource, T> _decode;

    private FactSchema()
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.CanWrite)
            .OrderBy(p => p.MetadataToken)
            .ToArray();
        Name = FactNames.Snake(typeof(T).Name);
        Columns = [.. properties.Select(p => new FactColumn(FactNames.Snake(p.Name), TypeOf(p)))];
        _encode = CompileEncoder(properties);
        _decode = CompileDecoder(properties);
    }

    /// <summary>The schema of <typeparamref name="T"/>.</summary>
    public static FactSchema<T> Instance { get; } = new();

    /// <summary>Name of the fact, e.g. <c>interaction</c>.</summary>
    public string Name { get; }

    /// <summary>Its columns, in order.</summary>
    public IReadOnlyList<FactColumn> Columns { get; }

    /// <summary>Hands the row's values over, in column order.</summary>
    public void Write(T row, IFactSink sink) => _encode(row, sink);

    /// <summary>Makes the row of the values.</summary>
    /// <exception cref="FormatException">A value is absent that every row must have, or a name is unknown.</exception>
    public T Read(IFactSource source) => _decode(source);

    private static FactType TypeOf(PropertyInfo property) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
    {
        { IsEnum: true } => FactType.Text,
        var t when t == typeof(string) => FactType.Text,
        var t when t == typeof(int) || t == typeof(long) => FactType.Whole,
        var t when t == typeof(decimal) => FactType.Exact,
        var t when t == typeof(double) => FactType.Real,
        var t when t == typeof(bool) => FactType.Flag,
        var t when t == typeof(DateTime) => FactType.Time,
        var t => throw new NotSupportedException($"{typeof(T).Name}.{property.Name} is a {t.Name}, which no column can hold."),
    };

    private static Action<T, IFactSink> CompileEncoder(PropertyInfo[] properties)
    {
        var row = Expression.Parameter(typeof(T));
        var encoder = Expression.Parameter(typeof(IFactSink));
        var calls = properties.Select(p =>
        {
            Expression value = Expression.Property(row, p);
            if (p.PropertyType.IsEnum)
                value = Expression.Call(Method(typeof(FactEnum<>).MakeGenericType(p.PropertyType), "ToText"), value);
            var method = Method(typeof(IFactSink), TypeOf(p).ToString());
            return (Expression)Expression.Call(encoder, method, Expression.Convert(value, method.GetParameters()[0].ParameterType));
        });
        return Expression.Lambda<Action<T, IFactSink>>(Expression.Block([.. calls]), row, encoder).Compile();
    }

    private static Func<IFactSource, T> CompileDecoder(PropertyInfo[] properties)
    {
        var decoder = Expression.Parameter(typeof(IFactSource));
        var nullability = new NullabilityInfoContext();
        var bindings = properties.Select((p, i) =>
        {
            var isOptional = p.PropertyType.IsValueType
                ? Nullable.GetUnderlyingType(p.PropertyType) is not null
                : nullability.Create(p).ReadState == NullabilityState.Nullable;
            Expression value = Expression.Call(decoder, Method(typeof(IFactSource), TypeOf(p).ToString()), Expression.Constant(i));
            if (!isOptional)
            {
                var needed = Method(typeof(FactValue), value.Type.IsValueType ? "Needed" : "NeededText");
                if (needed.IsGenericMethodDefinition) needed = needed.MakeGenericMethod(Nullable.GetUnderlyingType(value.Type) ?? value.Type);
                value = Expression.Call(needed, value, Expression.Constant(FactNames.Snake(p.Name)));
            }

            if (p.PropertyType.IsEnum)
                value = Expression.Call(Method(typeof(FactEnum<>).MakeGenericType(p.PropertyType), "FromText"), value);
            return (MemberBinding)Expression.Bind(p, Expression.Convert(value, p.PropertyType));
        });
        var create = Expression.MemberInit(Expression.New(typeof(T)), bindings);
        return Expression.Lambda<Func<IFactSource, T>>(create, decoder).Compile();
    }

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name)
        ?? throw new InvalidOperationException($"{type.Name} has no {name}.");
}
