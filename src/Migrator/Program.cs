using Delegation.Migrator;

// Brings every service's database to the version of this release, says how far it is as health, and ends: 0 when all is done.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<MigrationStatus>();
builder.Services.AddSingleton<MigrationRun>();
builder.Services.AddHealthChecks().AddCheck<MigrationStatus>("migrations");

await using var app = builder.Build();
app.MapDefaultEndpoints();
await app.StartAsync();

var exitCode = await app.Services.GetRequiredService<MigrationRun>().ExecuteAsync(app.Lifetime.ApplicationStopping);
await app.StopAsync();
return exitCode;
