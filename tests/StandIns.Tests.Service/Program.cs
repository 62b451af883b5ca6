using System.Globalization;

// What the tests can ask of a process: what it was told (/environment), who answers (/), to fail (/fail), and a word at its end.
var builder = WebApplication.CreateSlimBuilder(args);
var app = builder.Build();
var healthy = true;

app.MapGet("/", () => Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
app.MapGet("/health", () => healthy ? Results.Ok() : Results.StatusCode(503));
app.MapGet("/environment", () =>
{
    var variables = Environment.GetEnvironmentVariables();
    return Results.Text(string.Join('\n', variables.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(name => $"{name}={variables[name]}")));
});
app.MapPost("/sick", () => healthy = false);
app.MapPost("/fail", (int code) => Environment.Exit(code));

if (app.Configuration["Farewell"] is { Length: > 0 } file)
{
    app.Lifetime.ApplicationStopping.Register(() => File.WriteAllText(file, "stopped in good order"));
}

if (app.Configuration.GetValue<int?>("FailAtOnce") is { } exitCode)
{
    Console.WriteLine("first line of the reason");
    Console.Error.WriteLine("last line of the reason");
    return exitCode;
}

app.Run();
return 0;
