using FsCheck;
using FsCheck.Fluent;

namespace Delegation.StandIns.Tests.Model;

/// <summary>Text with holes that are filled at run time.</summary>
public sealed class ExpressionTests
{
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public async Task Holes_are_filled_with_the_values_of_resources()
    {
        var user = _builder.AddParameter("user", "mara");
        var password = _builder.AddParameter("password", "p{0}/&", secret: true);

        var expression = ReferenceExpression.Create($"User={user};Password={password};Uri={password.Resource:uri}");

        Assert.Equal("User=mara;Password=p{0}/&;Uri=p%7B0%7D%2F%26", await expression.GetValueAsync(Limits.Token));
        Assert.Equal("User={user.value};Password={password.value};Uri={password.value}", expression.ValueExpression);
        Assert.Equal([user.Resource, password.Resource, password.Resource], expression.ValueProviders);
    }

    [Fact]
    public async Task An_expression_inside_an_expression_is_filled_too()
    {
        var host = ReferenceExpression.Create($"Host={_builder.AddParameter("host", "db")}");

        Assert.Equal("Host=db;Port=1", await ReferenceExpression.Create($"{host};Port=1").GetValueAsync(Limits.Token));
    }

    [Fact]
    public async Task The_builder_makes_the_same_expression_piece_by_piece()
    {
        var host = _builder.AddParameter("host", "db");
        var expression = new ReferenceExpressionBuilder();
        Assert.True(expression.IsEmpty);

        expression.AppendLiteral("Host=");
        expression.AppendFormatted(host.Resource);
        expression.Append($";Copy={host}");

        Assert.Equal("Host=db;Copy=db", await expression.Build().GetValueAsync(Limits.Token));
    }

    [Fact]
    public void Any_text_survives_as_it_is() => Prop.ForAll<NonNull<string>, NonNull<string>>((first, second) =>
        ReferenceExpression.Create($"{first.Get}{second.Get}x").GetValueAsync(CancellationToken.None).AsTask().Result == first.Get + second.Get + "x")
        .QuickCheckThrowOnFailure();

    [Fact]
    public async Task The_empty_expression_has_no_value() => Assert.Null(await ReferenceExpression.Empty.GetValueAsync(Limits.Token));

    [Fact]
    public void An_unknown_format_is_refused() =>
        Assert.Throws<FormatException>(() => ReferenceExpression.Create($"{"text":upper}"));
}
