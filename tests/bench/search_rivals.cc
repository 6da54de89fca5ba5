// SQLite's full-text search (fts5, bm25) and PostgreSQL's (GIN, ts_rank_cd).
#include <libpq-fe.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "search_system.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string Joined(const Question& question, const char* any, const char* all) {
  return absl::StrJoin(absl::StrSplit(question.text, ' '), question.all ? all : any);
}

class Sqlite final : public SearchSystem {
 public:
  explicit Sqlite(const std::string& directory) : path_(directory + "/fts5.db") {}
  ~Sqlite() override {
    sqlite3_finalize(select_);
    sqlite3_close(database_);
  }

  std::string name() const override { return "SQLite"; }

  void Fill(const std::vector<std::string>& claims, size_t step) override {
    const bool is_new = !std::filesystem::exists(path_);
    if (sqlite3_open(path_.c_str(), &database_) != SQLITE_OK) Die("SQLite cannot open its file");
    Run("PRAGMA synchronous = off; PRAGMA cache_size = -500000");
    if (is_new) Insert(claims, step);
    std::printf("SQLite: %.0f bytes on disk for each claim\n",
                BytesIn(path_) / static_cast<double>(claims.size()));
    select_ = Prepare(absl::StrCat(
        "SELECT rowid FROM claims WHERE claims MATCH ? ORDER BY bm25(claims) LIMIT ", kWanted));
  }

  size_t Ask(const Question& question) override {
    const std::string words = Joined(question, " OR ", " AND ");
    sqlite3_bind_text(select_, 1, words.c_str(), -1, SQLITE_TRANSIENT);
    size_t found = 0;
    while (sqlite3_step(select_) == SQLITE_ROW) ++found;
    sqlite3_reset(select_);
    return found;
  }

 private:
  void Insert(const std::vector<std::string>& claims, size_t step) {
    const Clock::time_point begin = Clock::now();
    Run("CREATE VIRTUAL TABLE claims USING fts5(text, content='')");
    sqlite3_stmt* const insert = Prepare("INSERT INTO claims(rowid, text) VALUES (?, ?)");
    for (size_t i = 0; i < claims.size(); ++i) {
      if (i % step == 0) Run(i == 0 ? "BEGIN" : "COMMIT; BEGIN");
      sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(i + 1));
      sqlite3_bind_text(insert, 2, claims[i].c_str(), -1, SQLITE_STATIC);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    Run("COMMIT");
    std::printf("SQLite: %.0f claims a second indexed\n",
                static_cast<double>(claims.size()) / SecondsSince(begin));
  }

  void Run(const std::string& statement) {
    char* error = nullptr;
    if (sqlite3_exec(database_, statement.c_str(), nullptr, nullptr, &error) != SQLITE_OK) {
      Die(error);
    }
  }

  sqlite3_stmt* Prepare(const std::string& statement) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database_, statement.c_str(), -1, &prepared, nullptr) != SQLITE_OK) {
      Die(sqlite3_errmsg(database_));
    }
    return prepared;
  }

  const std::string path_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
};

class Postgres final : public SearchSystem {
 public:
  explicit Postgres(const std::string& where) : connection_(PQconnectdb(where.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) Die(PQerrorMessage(connection_));
  }
  ~Postgres() override { PQfinish(connection_); }

  std::string name() const override { return "PostgreSQL"; }

  void Fill(const std::vector<std::string>& claims, size_t) override {
    if (Run("SELECT to_regclass('claim')").empty()) Insert(claims);
    const std::string bytes =
        Run("SELECT pg_relation_size('claim_words_idx') + sum(pg_column_size(words)) FROM claim");
    std::printf("PostgreSQL: %.0f bytes of index and tsvector for each claim\n",
                std::stod(bytes) / static_cast<double>(claims.size()));
  }

  size_t Ask(const Question& question) override {
    const std::string words = Joined(question, " | ", " & ");
    const std::string select = absl::StrCat(
        "SELECT id FROM claim, to_tsquery('simple', $1) query WHERE words @@ query "
        "ORDER BY ts_rank_cd(words, query) DESC LIMIT ",
        kWanted);
    const char* const values[] = {words.c_str()};
    PGresult* const result =
        PQexecParams(connection_, select.c_str(), 1, nullptr, values, nullptr, nullptr, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) Die(PQerrorMessage(connection_));
    const auto found = static_cast<size_t>(PQntuples(result));
    PQclear(result);
    return found;
  }

 private:
  void Insert(const std::vector<std::string>& claims) {
    Run("CREATE TABLE claim (id int PRIMARY KEY, text text NOT NULL, words tsvector NOT NULL)");
    Run("CREATE TEMP TABLE loaded (id int, text text)");
    const Clock::time_point begin = Clock::now();
    PQclear(PQexec(connection_, "COPY loaded FROM STDIN"));
    for (size_t i = 0; i < claims.size(); ++i) {
      const std::string row = absl::StrCat(i, "\t", claims[i], "\n");
      if (PQputCopyData(connection_, row.data(), static_cast<int>(row.size())) != 1) {
        Die(PQerrorMessage(connection_));
      }
    }
    PQputCopyEnd(connection_, nullptr);
    PQclear(PQgetResult(connection_));
    while (PGresult* const rest = PQgetResult(connection_)) PQclear(rest);
    Run("INSERT INTO claim SELECT id, text, to_tsvector('simple', text) FROM loaded");
    Run("CREATE INDEX claim_words_idx ON claim USING gin (words)");
    std::printf("PostgreSQL: %.0f claims a second indexed\n",
                static_cast<double>(claims.size()) / SecondsSince(begin));
    Run("VACUUM FREEZE ANALYZE claim");
  }

  // The first value of the answer; empty where there is none.
  std::string Run(const std::string& statement) {
    PGresult* const result = PQexec(connection_, statement.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      Die(PQerrorMessage(connection_));
    }
    const std::string value = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    PQclear(result);
    return value;
  }

  PGconn* const connection_;
};

}  // namespace

std::unique_ptr<SearchSystem> NewSqlite(const std::string& directory) {
  return std::make_unique<Sqlite>(directory);
}

std::unique_ptr<SearchSystem> NewPostgres(const std::string& where) {
  return std::make_unique<Postgres>(where);
}

}  // namespace headwater::bench
