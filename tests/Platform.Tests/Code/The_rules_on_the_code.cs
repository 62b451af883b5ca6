namespace Delegation.Platform.Tests.Code;

/// <summary>Each rule holds for the repository, and each is shown able to fail by a planted violation.</summary>
public sealed class The_rules_on_the_code
{
    [Fact]
    public void The_top_level_has_only_the_folders_a_newcomer_expects() =>
        Holds(Rules.TopLevelFoldersAreTheKnownOnes, Repository.With("misc/notes.txt", ""));

    [Fact]
    public void A_program_is_a_table_of_contents() =>
        Holds(Rules.ProgramsAreTablesOfContents, Repository.With("src/Watch/Program.cs", string.Concat(Enumerable.Repeat("Call();\n", 26))));

    [Fact]
    public void A_file_holds_one_idea() =>
        Holds(Rules.FilesHoldOneIdea, Repository.With("src/Watch/Everything.cs", new string('\n', 451)));

    [Fact]
    public void The_product_does_not_know_that_packages_are_stood_in_for() =>
        Holds(Rules.ProductDoesNotKnowTheStandIns, Repository.With("src/Watch/Watch.csproj", "<ProjectReference Include=\"../StandIns/Aspire.Npgsql/Aspire.Npgsql.csproj\" />"));

    [Fact]
    public void A_service_references_no_other_service() =>
        Holds(Rules.ServicesShareOnlyTheSharedProjects, Repository.With("src/Watch/Watch.csproj", "<ProjectReference Include=\"../Contracts/Contracts.csproj\" />"));

    [Fact]
    public void Internals_are_open_to_tests_only() =>
        Holds(Rules.InternalsAreOpenToTestsOnly, Repository.With("src/Contracts/Contracts.csproj", "<InternalsVisibleTo Include=\"Reporting\" />"));

    [Fact]
    public void No_migration_reaches_into_another_services_database() =>
        Holds(Rules.NoServiceSqlNamesAnothersSchema, Repository.With("src/Watch/Migrations/0001_x.sql", "CREATE EXTENSION postgres_fdw;"));

    [Fact]
    public void Every_element_of_the_public_contract_has_a_comment() =>
        Holds(Rules.EveryElementOfTheContractHasAComment, Repository.With("src/Protocol/delegation/x/v1/x.proto", "message X {\n  string name = 1;\n}\n"));

    [Fact]
    public void Every_decision_names_a_test_that_guards_it() =>
        Holds(Rules.EveryDecisionNamesAGuardThatExists, Repository.With("docs/decisions/9999-x.md", "**Guarded by** `A_test_that_does_not_exist`."));

    [Fact]
    public void No_file_names_a_registry_host() =>
        Holds(Rules.NoRegistryHostIsNamed, Repository.With("README.md", "https://www." + "nuget" + ".org/packages"));

    private static void Holds(Func<Repository, IEnumerable<string>> rule, Repository planted)
    {
        Assert.NotEmpty(rule(planted));
        Assert.True(!rule(Repository.Here).Any(), string.Join(Environment.NewLine, rule(Repository.Here)));
    }
}
