using Delegation.Persistence.Migrations;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Persistence.Tests.Migrations;

public sealed class Cutting_a_script_into_statements
{
    // Each has a semicolon where it ends nothing, or a quote that is none.
    private static readonly string[] Statements =
    [
        "SELECT 1",
        "SELECT ';'",
        "SELECT 'it''s; one'",
        @"SELECT E'\';\\', 'C:\'",
        @"SELECT E'it''s \'; one'",
        "SELECT \"a;\"\"b\", $1",
        "SELECT 1 -- no; end\n+ 2",
        "SELECT 1 /* ; /* ; */ ; */ + 2",
        "DO $$ BEGIN PERFORM 1; PERFORM ';$x$'; END $$",
        "DO $body$ BEGIN PERFORM $$;$$; END $body$",
        "SELECT a$b$c FROM e",
    ];

    private static readonly string[] Separators = [";", ";\n", " ;\n\n", ";-- a; comment's\n", ";/* two\nlines; */\n", "\n;;"];

    [Fact]
    public void Any_statements_come_out_as_they_went_in_each_with_its_line()
    {
        var pieces = Gen.Elements(Statements)
            .SelectMany(_ => Gen.Elements(Separators), (statement, separator) => (Statement: statement, Separator: separator));

        Prop.ForAll(pieces.ListOf().ToArbitrary(), list =>
        {
            var line = 1;
            var expected = new List<SqlStatement>();
            foreach (var (statement, separator) in list)
            {
                // What stands between the words and the semicolon is part of the statement's text.
                var text = statement + separator[..separator.IndexOf(';', StringComparison.Ordinal)];
                expected.Add(new SqlStatement(line, text));
                line += (statement + separator).Count(character => character == '\n');
            }

            return SqlScript.Statements(string.Concat(list.Select(piece => piece.Statement + piece.Separator))).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Comments_and_blank_lines_before_a_statement_do_not_move_its_line()
    {
        var statement = Assert.Single(SqlScript.Statements("-- what for\n\n/* more */\n  CREATE TABLE a (\n    b nosuch);\n-- end\n"));

        Assert.Equal(4, statement.Line);
        Assert.StartsWith("CREATE TABLE a", statement.Text, StringComparison.Ordinal);
        Assert.Equal(5, statement.LineAt(statement.Text.IndexOf("nosuch", StringComparison.Ordinal) + 1));
        Assert.Equal(4, statement.LineAt(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ; ; -- nothing")]
    [InlineData("/* open")]
    public void A_script_without_statements_has_none(string sql) => Assert.Empty(SqlScript.Statements(sql));

    [Theory]
    [InlineData("SELECT 'open;")]
    [InlineData("SELECT $$open;")]
    [InlineData("SELECT E'open\\")]
    public void An_open_quote_reaches_to_the_end(string sql) => Assert.Equal(new SqlStatement(1, sql), Assert.Single(SqlScript.Statements(sql)));
}
